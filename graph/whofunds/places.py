"""Places by their coordinates."""

from math import asin, cos, radians, sin, sqrt

NEARBY = 25.0
"""Kilometres between two coordinates of one city, at most."""


def kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """How far two places, latitude and longitude in degrees, are apart."""
    (north, east), (north2, east2) = ((radians(x) for x in place) for place in (a, b))
    half = sin((north2 - north) / 2) ** 2
    half += cos(north) * cos(north2) * sin((east2 - east) / 2) ** 2
    return 2 * 6371 * asin(min(1.0, sqrt(half)))
