"""Who uses the library: users, sessions, tokens."""
