"""Paragraphs cut into sentences, and sentences into segments."""
