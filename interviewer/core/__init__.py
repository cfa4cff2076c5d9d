"""Pure functions over the values of the domain: no I/O, clock, random or logging."""
