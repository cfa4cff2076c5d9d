"""An answer as text: words, spans, quotes, what is addressed to a grader."""
