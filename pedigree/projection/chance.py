"""The streams of chance of a run: each depends on the seed, the run's number and its purpose alone."""

from __future__ import annotations

from enum import IntEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

WORD: Final = 64


class Purpose(IntEnum):
    """What a stream is drawn from for; adding one changes no other."""

    START = 0
    SEXES = 1
    CATASTROPHES = 2
    SURVIVAL = 3
    MOVES = 4
    PAIRS = 5
    LITTERS = 6
    MEIOSES = 7
    START_OF_MARKS = 8
    MEIOSES_OF_MARKS = 9


def seeds(seed: int, run: int, purpose: Purpose) -> np.random.SeedSequence:
    """Return the seeds of one stream."""
    return np.random.SeedSequence(seed, spawn_key=(run, int(purpose)))


def stream(seed: int, run: int, purpose: Purpose) -> np.random.Generator:
    """Return one stream."""
    return np.random.Generator(np.random.PCG64(seeds(seed, run, purpose)))


def coins(rng: np.random.Generator, number: int) -> NDArray[np.bool_]:
    """Return so many tosses of a fair coin."""
    words = rng.bit_generator.random_raw(-(-number // WORD)).astype("<u8")
    return np.unpackbits(words.view(np.uint8), count=number).view(np.bool_)
