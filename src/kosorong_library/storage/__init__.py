"""Where files lie: a folder or a bucket, and how files are kept there and forgotten."""
