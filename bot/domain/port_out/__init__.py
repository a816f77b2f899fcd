"""A request to port out, and its PIN."""
