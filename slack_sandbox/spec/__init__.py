"""What Slack documents: methods, arguments, limits, forms of ids."""
