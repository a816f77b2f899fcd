"""The windows of a case: its statuses, details, checklist, letter, support text."""
