"""The numbers that the team holds: list, holders, PIN protection."""
