"""Observations that change what the book says an animal is: its marks, its sex, how it was reared."""

import re
from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import TextChoices

from studbook.animals.entry.observation_writing import put_down
from studbook.animals.models import Animal, Identifier, Observation
from studbook.core.dates import DateInterval
from studbook.core.errors import StudbookError
from studbook.core.findings import rejected
from studbook.programmes.changes import Trail, columns_of, save_unless_stale

SHORTEST_TRANSPONDER, LONGEST_MARK = 9, 40


class Mark(TextChoices):
    """What an animal bears or is called by. A tag and a tattoo are one kind of number in the book."""

    TRANSPONDER = "transponder", "transponder"
    TAG = "tag", "tag"
    TATTOO = "tattoo", "tattoo"
    LOCAL_ID = "local id", "local id"
    OTHER = "other", "other mark"


class Method(TextChoices):
    """How a sex was determined."""

    SEEN = "seen", "seen"
    DNA = "DNA", "by DNA"
    SURGERY = "surgery", "at surgery"
    NECROPSY = "necropsy", "at necropsy"


IDENTIFIER_OF: dict[str, str] = {
    Mark.TRANSPONDER: Identifier.Kind.TRANSPONDER,
    Mark.TAG: Identifier.Kind.TAG,
    Mark.TATTOO: Identifier.Kind.TAG,
    Mark.LOCAL_ID: Identifier.Kind.LOCAL_ID,
    Mark.OTHER: Identifier.Kind.OTHER,
}


def write_identification(
    trail: Trail,
    animal: Animal,
    *,
    on: DateInterval,
    mark: str,
    value: str,
    replaces: int | None = None,
    note: str = "",
    provisional: bool,
) -> Observation:
    """Write down a number an animal bears; one that it replaces is no longer in use."""
    value = read_mark(mark, value)
    what = f"{Mark(mark).label} {value}"
    columns: dict[str, Any] = {"what": what, "note": note, "provisional": provisional}
    observation = put_down(trail, animal, Observation.Kind.IDENTIFICATION, on=on, **columns)
    if replaces:
        _retire(trail, animal, replaces)
    _give(trail, animal, IDENTIFIER_OF[mark], value, observation)
    return observation


def write_sex(
    trail: Trail,
    animal: Animal,
    *,
    on: DateInterval,
    sex: str,
    method: str,
    note: str = "",
    provisional: bool,
) -> Observation:
    """Write down a sex that was determined; the rules ask whether the offspring allow it."""
    what = f"{Animal.Sex(sex).label}, {Method(method).label}"
    columns: dict[str, Any] = {"what": what, "note": note, "provisional": provisional}
    observation = put_down(trail, animal, Observation.Kind.SEX, on=on, **columns)
    set_on_animal(trail, animal, sex=sex)
    return observation


def write_rearing(
    trail: Trail, animal: Animal, *, on: DateInterval, rearing: str, note: str = "", provisional: bool
) -> Observation:
    columns: dict[str, Any] = {
        "what": Animal.Rearing(rearing).label,
        "note": note,
        "provisional": provisional,
    }
    observation = put_down(trail, animal, Observation.Kind.REARING, on=on, **columns)
    set_on_animal(trail, animal, rearing=rearing)
    return observation


def set_on_animal(trail: Trail, animal: Animal, **columns: Any) -> None:
    """Change columns of an animal that was read under the lock."""
    before = columns_of(animal)
    for name, value in columns.items():
        setattr(animal, name, value)
    if columns_of(animal) != before:
        save_unless_stale(animal, opened_version=animal.version, fields=list(columns))
        trail.changed(animal, before)


def read_mark(mark: str, value: str) -> str:
    """Return a mark as the book keeps it; a transponder without the blanks and dashes it is printed with."""
    words = " ".join(value.split())
    if mark == Mark.TRANSPONDER:
        words = re.sub(r"[\s-]", "", words).upper()
        if not re.fullmatch(rf"[0-9A-Z]{{{SHORTEST_TRANSPONDER},20}}", words):
            raise StudbookError(
                f"“{value}” is no number of a transponder: it has {SHORTEST_TRANSPONDER} to 20 digits and letters. "
                "Read it once more.",
                field="value",
            )
    if not words or len(words) > LONGEST_MARK:
        raise StudbookError(
            f"A mark has 1 to {LONGEST_MARK} characters. Write the number as it is read.", field="value"
        )
    return words


def marks_in_use(animal: Animal) -> Sequence[Identifier]:
    return list(animal.identifiers.filter(active=True).exclude(kind=Identifier.Kind.GAN))


def _retire(trail: Trail, animal: Animal, pk: int) -> None:
    former = animal.identifiers.filter(pk=pk, active=True).first()
    if former is None:
        raise StudbookError(
            f"{animal} does not bear the mark that this one replaces any more. Open the form anew.",
            field="replaces",
        )
    before = columns_of(former)
    former.active = False
    former.save(update_fields=["active"])
    trail.changed(former, before)


def _give(trail: Trail, animal: Animal, kind: str, value: str, observation: Observation) -> None:
    own = animal.identifiers.filter(kind=kind, value=value).first()
    if own and own.active:
        raise rejected(
            "A5",
            [animal.studbook_number],
            f"{animal} bears the {own} already. Nothing is left to write down.",
            field="value",
        )
    _refuse_borne_by_another(animal, kind, value)
    before = columns_of(own) if own else None
    given = own or Identifier(animal=animal, kind=kind, value=value, institution=observation.institution)
    given.active = True
    try:
        with transaction.atomic():
            given.save()
    except IntegrityError as error:
        raise _borne_elsewhere(animal, value) from error
    if before:
        trail.changed(given, before)
    else:
        trail.created([given])


def _refuse_borne_by_another(animal: Animal, kind: str, value: str) -> None:
    if kind != Identifier.Kind.TRANSPONDER:
        return
    other = Identifier.objects.filter(kind=kind, value=value, active=True).select_related("animal").first()
    if other and other.animal.programme_id == animal.programme_id:
        raise rejected(
            "A5",
            [animal.studbook_number],
            f"The transponder {value} is borne by {other.animal}, so {animal} cannot bear it. Read it once more, "
            f"or say first that {other.animal} bears another.",
            field="value",
        )
    if other:
        raise _borne_elsewhere(animal, value)


def _borne_elsewhere(animal: Animal, value: str) -> StudbookError:
    return rejected(
        "A5",
        [animal.studbook_number],
        f"The transponder {value} is borne by another animal already, so {animal} cannot bear it. Read it once more, "
        "or ask the coordinator.",
        field="value",
    )
