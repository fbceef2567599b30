"""The kinds of jobs: how a room higher up says what a worker does, without the worker knowing it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from studbook.core.errors import StudbookError

Part = tuple[int, int]
"""The first piece of a chunk, and how many."""
Finished = tuple[Part, bytes]
Stop = Callable[[], bool]
Work = Callable[[bytes, Sequence[Part], Stop], Iterator[Finished]]
"""Given a job's input and the chunks that are missing, yields each as it finishes, until asked to stop."""


class JobError(StudbookError):
    """The work cannot be done; the sentence is kept with the job and shown."""


class NoKindError(JobError):
    """No room of this installation does such jobs."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of job: its name, and its work, whose chunk is the same bytes wherever and whenever it is made."""

    name: str
    work: Work


_kinds: dict[str, Kind] = {}


def add_kind(kind: Kind) -> None:
    """Let workers do jobs of a kind; called once, from an application's `ready`."""
    _kinds[kind.name] = kind


def kind_named(name: str) -> Kind:
    """Return a kind of job."""
    if name not in _kinds:
        raise NoKindError(
            f"This installation does no jobs of the kind {name!r}. Start a worker of the version that asked for it."
        )
    return _kinds[name]


def parts_of(wanted: int, chunk: int) -> list[Part]:
    """Return the chunks that a job is made of, always the same ones."""
    return [(first, min(chunk, wanted - first)) for first in range(0, wanted, chunk)]
