"""The voices and translators that the wheel carries."""
