"""A request to port in, as it is handed in and read."""
