"""One blueprint for each topic."""
