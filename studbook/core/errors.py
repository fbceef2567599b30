"""Refusals: an action that a rule forbids raises one of these; pages show the sentence, never a trace."""

from collections.abc import Sequence
from dataclasses import dataclass


class StudbookError(Exception):
    """An action was refused; `sentence` tells animal, fact and remedy, `field` the form field it belongs to."""

    status = 400

    def __init__(self, sentence: str, *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field


@dataclass(frozen=True, slots=True)
class Difference:
    """What a person opened, what stands in the book now, and what the person wrote, each in words."""

    fact: str
    opened: str
    now: str
    written: str


class StaleRecordError(StudbookError):
    """Somebody else changed the record since it was opened; `version` is the one that stands now.

    `summary` says who and when, for a page that shows the differences beside it.
    """

    status = 409

    def __init__(
        self,
        sentence: str,
        *,
        field: str | None = None,
        version: int | None = None,
        summary: str = "",
        differences: Sequence[Difference] = (),
    ) -> None:
        super().__init__(sentence, field=field)
        self.version = version
        self.summary = summary or sentence
        self.differences = tuple(differences)
