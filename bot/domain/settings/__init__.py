"""What a desk can be set to: the table of its settings, and how a text is read as a value."""
