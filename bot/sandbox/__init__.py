"""A strict little Slack on loopback, for newcomers and for tests."""
