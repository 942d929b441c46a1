"""All that answers over HTTP: classes of resources, what they take and give, addresses, pages."""
