"""A request before the rule book, now and again later."""
