"""What people hand in: bills, records and lists of numbers, each read in a process of its own."""
