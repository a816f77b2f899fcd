"""What the rule book can say, and the table of its rules with their sources."""
