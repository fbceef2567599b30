"""Where the chunks of a projection run: here, in processes of this machine, or on a cluster."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from pedigree.projection.result import Chunk

Part = tuple[int, int]
"""The first run of a chunk, and how many."""
Work = Callable[[int, int], Chunk]
Stop = Callable[[], bool]


class Executor(Protocol):
    """Where chunks run; they come back in any order, and each is the same wherever it ran."""

    def chunks(self, work: Work, parts: Sequence[Part], stop: Stop) -> Iterator[Chunk]:
        """Yield every part's chunk as it finishes, until asked to stop."""


class Here:
    """In this process, one after the other."""

    def chunks(self, work: Work, parts: Sequence[Part], stop: Stop) -> Iterator[Chunk]:
        """Yield every part's chunk, until asked to stop."""
        for part in parts:
            if stop():
                return
            yield work(*part)
