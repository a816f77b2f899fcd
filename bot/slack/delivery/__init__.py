"""How the app reaches Slack: posts, files, letters, and who the agents are."""
