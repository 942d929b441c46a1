"""Training of the translator: alignment, rules, synthetic pairs, the Transformer, evaluation."""
