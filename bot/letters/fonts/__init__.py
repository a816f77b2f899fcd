"""The typefaces of the letters."""
