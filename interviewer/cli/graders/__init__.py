"""Commands about graders, models and banks."""
