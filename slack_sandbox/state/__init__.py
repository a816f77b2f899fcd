"""What the workspace holds: people, channels, messages, open windows, files, faults, time."""
