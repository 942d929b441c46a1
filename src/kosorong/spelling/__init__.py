"""Is Jeju written by the 제주어 표기법: by which rule not, and what would be right."""
