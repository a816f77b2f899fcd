"""The door to Slack: listeners, modals, cards."""
