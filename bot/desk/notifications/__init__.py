"""What is owed to Slack: written down, claimed, delivered once, and looked after."""
