"""Where somebody stopped listening."""
