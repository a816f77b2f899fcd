"""How Slack reaches the app, and what it says: Bolt, HTTP, Socket Mode, payloads."""
