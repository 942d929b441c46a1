"""Backups: rows and files of one moment in one archive, for any database and any storage."""
