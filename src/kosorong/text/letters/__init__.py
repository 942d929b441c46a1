"""What is written: letters, syllables, their normal form, particles, names."""
