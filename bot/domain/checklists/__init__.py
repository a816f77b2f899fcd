"""What has to be done on the way, and who does it."""
