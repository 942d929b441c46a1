"""From what is written to words: numbers, signs and foreign letters spelled out."""
