"""What happened: events, their log, the fold of them, grade runs, where a candidate stands."""
