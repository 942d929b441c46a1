"""A sound for each word of a list, and a manifest that says where each comes from."""
