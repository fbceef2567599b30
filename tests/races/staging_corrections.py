"""Races between corrections: births, merges, void records, parents, and the end of somebody's role."""

from functools import partial
from typing import Any

from studbook.animals.correcting.actions import correct_animal, void_animal
from studbook.animals.correcting.merging import merge_animals
from studbook.animals.correcting.parents import correct_parents
from studbook.animals.entry.observations import log_note, log_sex
from studbook.animals.models import Animal, ParentKind
from studbook.animals.parents_told import ParentChoice
from studbook.core.dates import DateInterval
from studbook.core.models import AuditChange
from studbook.institutions.actions import withdraw_institution_role
from studbook.institutions.models import Institution
from tests.factories import InstitutionRoleFactory
from tests.races.rounds import Round, refusals_of
from tests.races.staging import BORN, MOVED, Book, opened

UNKNOWN = ParentChoice(ParentKind.UNKNOWN)
FACTS = ("house_name", "sex", "birth", "birth_type", "rearing", "note")


def correct(book: Book, animal: Animal, **facts: Any) -> None:
    mine = opened(animal)
    told = {name: getattr(mine, name) for name in FACTS} | facts
    correct_animal(mine, **told, by=book.ada, reason="seen anew", opened_version=1)


def correct_sire(book: Book, animal: Animal, sire: Animal) -> None:
    correct_parents(
        opened(animal),
        sire=ParentChoice(ParentKind.KNOWN, (opened(sire),)),
        dam=UNKNOWN,
        by=book.ada,
        reason="DNA",
        opened_version=1,
    )


def corrected_ring(book: Book, _: int, *, length: int) -> Round:
    animals = [book.bare() for _ in range(length)]
    pairs = zip(animals, animals[1:] + animals[:1], strict=True)

    def fault(outcomes: list[Any]) -> str:
        named = [opened(animal).sire_id for animal in animals]
        return "" if None in named and refusals_of(outcomes) == 1 else f"sires {named}, {outcomes}"

    return Round([partial(correct_sire, book, *pair) for pair in pairs], fault)


def sex_or_sire(book: Book, _: int) -> Round:
    """A male is found to be a female while it is named a sire: a dam that is a sire must not come of it."""
    parent, cub = book.bare(), book.bare(birth=DateInterval.parse("2019-05-01"))

    def determine() -> None:
        day = DateInterval.parse("2020-05-01")
        log_sex(opened(parent), on=day, sex="F", method="DNA", by=book.ada, reason="DNA")

    def fault(outcomes: list[Any]) -> str:
        both = opened(cub).sire_id == parent.pk and opened(parent).sex == Animal.Sex.FEMALE
        return f"a female sire, {outcomes}" if both or refusals_of(outcomes) != 1 else ""

    return Round([determine, partial(correct_sire, book, cub, parent)], fault)


def births(book: Book, _: int) -> Round:
    """A parent is found to be younger while its young is found to be older."""
    parent = book.bare(birth=DateInterval.parse("2000-05-01"))
    cub = book.bare(birth=DateInterval.parse("2015-05-01"), sire=parent, sire_kind=ParentKind.KNOWN)

    def fault(outcomes: list[Any]) -> str:
        born = [opened(each).birth.earliest for each in (parent, cub)]
        return "" if born[0] < born[1] and refusals_of(outcomes) == 1 else f"born {born}, {outcomes}"

    younger = partial(correct, book, parent, birth=DateInterval.parse("2010-05-01"))
    older = partial(correct, book, cub, birth=DateInterval.parse("2005-05-01"))
    return Round([younger, older], fault)


def merge_or_edit(book: Book, number: int) -> Round:
    """Two records are merged while one of them is edited: all of the one, or all of the other."""
    kept, other = book.bare(), book.bare()
    edited = (kept, other)[number % 2]

    def merge() -> None:
        merge_animals(
            opened(kept),
            opened(other),
            choices={},
            by=book.ada,
            reason="one animal",
            opened_version=1,
            other_version=1,
        )

    def fault(outcomes: list[Any]) -> str:
        merged = opened(other).merged_into_id == kept.pk and opened(other).status == Animal.Status.VOID
        right = merged != (opened(edited).note == "limps") and refusals_of(outcomes) == 1
        return "" if right else f"merged {merged}, {opened(edited).note!r}, {outcomes}"

    return Round([merge, partial(correct, book, edited, note="limps")], fault)


def void_or_sire(book: Book, _: int) -> Round:
    """A record is said to be no animal while it is named a sire."""
    sire, cub = book.bare(), book.bare(birth=BORN)

    def void() -> None:
        void_animal(opened(sire), by=book.ada, reason="never lived", opened_version=1)

    def fault(outcomes: list[Any]) -> str:
        orphan = opened(sire).status == Animal.Status.VOID and opened(cub).sire_id == sire.pk
        return f"a void sire, {outcomes}" if orphan or refusals_of(outcomes) != 1 else ""

    return Round([void, partial(correct_sire, book, cub, sire)], fault)


def role_or_write(book: Book, _: int) -> Round:
    """A keeper's role is withdrawn while a note of theirs is on its way: none is written once the role has ended."""
    role = InstitutionRoleFactory(institution=book.zoo, role="keeper")
    animal = book.animal()

    def write() -> None:
        log_note(opened(animal), on=MOVED, note="limps", by=role.user)

    def withdraw() -> None:
        zoo = Institution.objects.get(pk=book.zoo.pk)
        withdraw_institution_role(zoo, role.user, role.role, by=book.ada, reason="left the zoo")

    def fault(outcomes: list[Any]) -> str:
        # Changes are written last in every deed, so under the lock their order is that of the commits.
        changes = AuditChange.objects.order_by("pk")
        ended = changes.get(record="accounts.institutionrole", record_id=role.pk).pk
        late = changes.filter(animal=animal.pk, pk__gt=ended).exists()
        return f"written after the role had ended, {outcomes}" if late else ""

    return Round([write, withdraw], fault)
