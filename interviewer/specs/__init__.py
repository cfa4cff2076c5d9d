"""Words such as openai:NAME to parts: the one place that knows them all."""
