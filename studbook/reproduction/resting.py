"""Records named so that two of one day are told apart, each with the way to its page."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from studbook.animals.models import Animal
from studbook.reproduction.models import Mating, Pregnancy, Procedure, Sample

Thing = Mating | Procedure | Pregnancy | Sample | Animal


@dataclass(frozen=True, slots=True)
class NamedRecord:
    """What a record is called among others, and where its page is."""

    words: str
    url: str


def named(records: Iterable[Thing]) -> list[NamedRecord]:
    """Return records by name; no query where their programmes and animals are loaded."""
    return [NamedRecord(words_of(each), each.get_absolute_url()) for each in records]


def words_of(record: Thing) -> str:
    """Return what a record is called, with its time where that is told, and else with when it was logged."""
    if isinstance(record, Sample):
        return f"sample {record}"
    if isinstance(record, Procedure) and record.started:
        return f"{record} at {record.started:%H:%M}"
    if isinstance(record, Procedure | Mating):
        how = f", {record.get_seen_display()}" if isinstance(record, Mating) else ""
        return f"{record}{how}, logged {timezone.localtime(record.logged_at):%Y-%m-%d %H:%M}"
    return str(record)
