"""Telephone numbers: one, a list, and how people write them."""
