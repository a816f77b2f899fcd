"""What people write, read: alike or not, dates, and the tables of the rule book."""
