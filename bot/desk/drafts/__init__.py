"""Forms that are filled in and not yet sent."""
