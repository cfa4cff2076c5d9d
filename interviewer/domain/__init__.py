"""Frozen values. They know nothing of files, terminals, models or clocks."""
