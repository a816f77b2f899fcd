"""The tables, as SQLAlchemy classes."""
