"""The rule book: one intake in, one report out."""
