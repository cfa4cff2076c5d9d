"""The sitting: what to do next, what is said, and the terminal it is said in."""
