"""A manuscript becomes an audiobook; knows only the ports, text and audio."""
