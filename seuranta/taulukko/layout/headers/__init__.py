"""known, unknown (which rows are headers) -> span (the rows of each) -> paths (the texts over each column)."""
