"""Races between coordinators at records of the wild."""

from functools import partial
from typing import Any

from studbook.core.dates import DateInterval
from studbook.core.errors import StaleRecordError
from studbook.wild.models import ReleaseAnimal, ReleaseSite, SurveyCount
from studbook.wild.recording import edit_record
from studbook.wild.releasing import release_animals
from tests.factories import ReleaseSiteFactory, SurveyCountFactory
from tests.races.rounds import Round, refusals_of
from tests.races.staging import Book

RELEASED = DateInterval.parse("2012-05-01")
EDITS = {"best": 60, "note": "Adults only."}


def two_releases(book: Book, _: int) -> Round:
    """Two let one animal go, each at a site of their own."""
    animal = book.animal()
    sites = [ReleaseSiteFactory(programme=book.programme) for _ in range(2)]

    def release(site: ReleaseSite) -> None:
        found = ReleaseSite.objects.select_related("programme").get(pk=site.pk)
        release_animals(found, animals=[animal.studbook_number], on=RELEASED, by=book.ada)

    def fault(outcomes: list[Any]) -> str:
        events = animal.events.filter(kind="release").count()
        lines = ReleaseAnimal.objects.filter(animal=animal).count()
        return "" if (events, lines, refusals_of(outcomes)) == (1, 1, 1) else f"{events}, {lines}, {outcomes}"

    return Round([partial(release, site) for site in sites], fault)


def two_edits(book: Book, _: int) -> Round:
    """Two change one count that they opened at the same version, a fact each."""
    count = SurveyCountFactory(programme=book.programme)

    def edit(fact: str) -> None:
        found = SurveyCount.objects.select_related("programme").get(pk=count.pk)
        edit_record(found, by=book.ada, reason="A report.", opened_version=1, **{fact: EDITS[fact]})

    def fault(outcomes: list[Any]) -> str:
        count.refresh_from_db()
        kept = [fact for fact, value in EDITS.items() if getattr(count, fact) == value]
        told = sum(isinstance(each, StaleRecordError) for each in outcomes)
        return "" if (len(kept), told, count.version) == (1, 1, 2) else f"kept {kept}, {outcomes}"

    return Round([partial(edit, fact) for fact in EDITS], fault)
