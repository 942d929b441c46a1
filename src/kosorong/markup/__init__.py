"""Texts with markup: what is said in them is cut out, translated in its sentence and put back."""
