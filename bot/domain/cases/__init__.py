"""A case: what is known of it, its statuses, and why a carrier rejects it."""
