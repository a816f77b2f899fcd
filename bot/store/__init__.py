"""SQL: rows, types, migrations."""
