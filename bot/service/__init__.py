"""A running desk: settings become parts that work together, with logs and figures."""
