"""What a person at Slack sees and does: the page of the sandbox, and `Person` for tests."""
