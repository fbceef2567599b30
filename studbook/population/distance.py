"""How far apart two places are, over the surface of the earth."""

import numpy as np
from numpy.typing import NDArray

EARTH_RADIUS_KM = 6371.0088


def great_circle_km(
    latitude: NDArray[np.float64],
    longitude: NDArray[np.float64],
    other_latitude: NDArray[np.float64],
    other_longitude: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Return the distance between places given in degrees; NaN where one is not known.

    The haversine form on a sphere of the earth's mean radius: within 0.6 % of the true distance.
    """
    here, there = np.radians(latitude), np.radians(other_latitude)
    across = np.sin((here - there) / 2) ** 2
    along = np.sin(np.radians(np.asarray(longitude) - other_longitude) / 2) ** 2
    half = across + np.cos(here) * np.cos(there) * along
    return np.asarray(2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(half, 0, 1))))
