"""What a language model adds to a drafted bank, each line checked before it is kept."""

__all__ = ["enriching"]
