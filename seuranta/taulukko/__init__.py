"""A table of anybody's, read to rows: guard -> workbook -> layout -> rows, in a sandbox. No Django, no request."""
