"""Signal work in numpy: the mel definition, files, loudness."""
