"""What only SQLite needs: one writer, older versions, copies, private files."""
