"""Measures what people wait for, each figure beside what it is compared with."""
