"""Translator and voice of an inference server, as `kosorong.ports` has them."""
