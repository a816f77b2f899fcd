"""The Letter of Authorization and its spreadsheet."""
