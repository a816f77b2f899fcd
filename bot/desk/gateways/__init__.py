"""The ways to a platform: one protocol, and who carries it out."""
