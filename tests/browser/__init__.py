"""The sandbox's web page, driven by a real browser."""
