"""Graders measured against people."""
