"""A language model words what the interviewer says, under a linter."""
