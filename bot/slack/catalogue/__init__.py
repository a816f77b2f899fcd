"""Every kind of window and message, made of examples."""
