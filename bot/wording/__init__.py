"""Sentences: `templates/` rendered, for Slack and the command line alike."""
