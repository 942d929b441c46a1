"""Words in Latin letters."""
