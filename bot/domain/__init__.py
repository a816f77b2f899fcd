"""The rule book: values and pure functions, no Slack, no SQL, no I/O."""
