"""A second grading of a session, and two gradings side by side."""
