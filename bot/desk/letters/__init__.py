"""Letters and documents of a case."""
