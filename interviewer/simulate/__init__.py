"""Made-up candidates."""
