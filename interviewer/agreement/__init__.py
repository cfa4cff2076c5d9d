"""How far two gradings of the same answers agree, and how sure that is."""

__all__ = [
    "agreement",
    "bootstrap",
    "calibration",
    "figures",
    "gold_answers",
    "gradings",
]
