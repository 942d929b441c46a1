"""From words to sounds: pronunciation and the symbols that a model reads."""
