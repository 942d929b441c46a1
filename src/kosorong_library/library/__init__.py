"""Books, chapters and segments: put in, read, edited, deleted."""
