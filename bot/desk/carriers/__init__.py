"""Carriers: their names as people write them, and how long each has taken."""
