"""What the two flows of a file share: a file that came in is kept and read once, shown, written, undone."""
