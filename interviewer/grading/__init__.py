"""What a grade is, the port to graders, and scoring."""
