"""All sessions in short, with an index."""
