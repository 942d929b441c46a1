"""Files that leave the house: M4B, EPUB 3, MP3, WebVTT."""
