"""Korean and Jeju text, pure Python: from what is written to what is said."""
