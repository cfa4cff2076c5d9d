"""What to ask today, and cards for other programs."""
