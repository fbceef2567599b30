"""The races as they are staged: each in a new place of one book, so that no round stands on another."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import count
from typing import Any

from studbook.accounts.models import User
from studbook.animals.adding import add_animals
from studbook.animals.drafts import AnimalDraft
from studbook.animals.entry import pending_actions
from studbook.animals.entry.pending_actions import confirm_entries, refuse_entries
from studbook.animals.models import Animal, Observation
from studbook.core.dates import DateInterval
from studbook.core.errors import StaleRecordError
from studbook.institutions.models import Institution
from studbook.programmes.changes import changing, columns_of, save_unless_stale
from studbook.programmes.models import Programme
from tests.factories import AnimalFactory, ObservationFactory, animal_at
from tests.races.rounds import Round, refusals_of

BORN, MOVED = DateInterval.parse("2010-05-01"), DateInterval.parse("2012-05-01")
EDITS = {"house_name": "Khala", "note": "Limps on cold days."}


@dataclass
class Book:
    """What every race needs: a programme, a zoo with its coordinator, two zoos that would like an animal."""

    programme: Programme
    zoo: Institution
    receivers: list[Institution]
    ada: User

    def __post_init__(self) -> None:
        self._numbers: Iterator[int] = count(1000)

    def animal(self, **columns: Any) -> Animal:
        columns = {
            "birth": BORN,
            "sex": Animal.Sex.MALE,
            "studbook_number": str(next(self._numbers)),
        } | columns
        return animal_at(self.zoo, programme=self.programme, **columns)

    def bare(self, **columns: Any) -> Animal:
        """Return an animal of which next to nothing is known: it can be the parent of any."""
        columns = {
            "birth": None,
            "sex": Animal.Sex.MALE,
            "studbook_number": str(next(self._numbers)),
        } | columns
        made: Animal = AnimalFactory(programme=self.programme, **columns)
        return made


def opened(animal: Animal) -> Animal:
    return Animal.every.get(pk=animal.pk)


def one_number(book: Book, _: int) -> Round:
    """Two add an animal with the same number."""
    number = str(next(book._numbers))

    def add() -> None:
        with changing(Programme.objects.get(pk=book.programme.pk), "add", by=book.ada) as trail:
            add_animals(trail, book.programme, [AnimalDraft(studbook_number=number, sex="M")])

    def fault(outcomes: list[Any]) -> str:
        found = Animal.every.filter(programme=book.programme, studbook_number=number).count()
        return "" if (found, refusals_of(outcomes)) == (1, 1) else f"{found} of one number, {outcomes}"

    return Round([add, add], fault)


def stale_form(book: Book, _: int) -> Round:
    """Two save what they opened at the same version, a field each."""
    animal = book.bare()

    def edit(field: str) -> None:
        mine = opened(animal)
        mine.version, before = 1, columns_of(mine)
        setattr(mine, field, EDITS[field])
        with changing(mine.programme, "edit", by=book.ada) as trail:
            save_unless_stale(mine, opened_version=1, fields=[field])
            trail.changed(mine, before)

    def fault(outcomes: list[Any]) -> str:
        now = opened(animal)
        kept = [field for field, value in EDITS.items() if getattr(now, field) == value]
        told = sum(isinstance(each, StaleRecordError) for each in outcomes)
        return "" if (len(kept), told, now.version) == (1, 1, 2) else f"kept {kept}, {outcomes}"

    return Round([partial(edit, field) for field in EDITS], fault)


def confirm_or_refuse(book: Book, _: int) -> Round:
    """One registrar confirms a provisional entry while another refuses it."""
    entry = ObservationFactory(animal=book.animal(), provisional=True)
    decide = {"observations": [entry.pk], "by": book.ada}

    def fault(outcomes: list[Any]) -> str:
        left = list(Observation.objects.filter(pk=entry.pk).values_list("provisional", flat=True))
        right = left in ([], [False]) and refusals_of(outcomes) == 1
        return "" if right else f"left {left}, {outcomes}"

    deeds: list[Callable[[], object]] = [
        partial(confirm_entries, book.programme, **decide),
        partial(refuse_entries, book.programme, **decide, reason="Another animal."),
    ]
    # Refused first, the confirmation finds nothing to save, and is told so even without a lock.
    return Round(deeds, fault, writing=((pending_actions, "_confirm"), (pending_actions, "take_out")))
