"""Watching the service: ids, metrics, readiness, the operator's page. It has no rows of its own."""
