"""The request to AWS, line by line."""
