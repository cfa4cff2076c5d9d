"""Graders that ask a language model, alone or together."""
