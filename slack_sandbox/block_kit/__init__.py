"""What Slack takes in a window, a message and their elements, and what it refuses."""
