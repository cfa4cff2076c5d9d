"""How far two gradings of the same answers agree, and how sure that is."""
