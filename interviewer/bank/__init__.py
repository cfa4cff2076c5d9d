"""Questions and rubrics: values, files, lint."""
