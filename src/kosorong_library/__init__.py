"""The library service (Django): books, their production, and listening."""
