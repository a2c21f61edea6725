"""Pages of the strategia and of those who carry it out, and the frame that every page shares."""
