"""Vocos-type vocoder: model, losses, discriminators, training."""
