"""Glow-TTS (Kim et al. 2020, arXiv 2005.11129): model, alignment search, training."""
