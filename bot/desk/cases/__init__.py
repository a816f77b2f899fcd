"""What happens to a case: filed, changed, moved on, corrected, ticked off, looked up."""
