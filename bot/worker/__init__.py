"""The door to the clock: delivery and reminders, executed by DBOS."""
