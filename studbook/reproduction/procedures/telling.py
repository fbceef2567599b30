"""A procedure in words: its facts for its own page, and a line of a day's story."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from studbook.animals.entry.observation_values import amount_of
from studbook.animals.models import Animal
from studbook.reproduction.models import Procedure, Sample
from studbook.reproduction.procedures.kinds import KINDS

MOST_IN_A_LINE = 5


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of a procedure; `animal` where it names one, `url` where it leads somewhere."""

    label: str
    words: str
    animal: Animal | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class StoryLine:
    """One procedure in the story of a day: when, and what in a few words."""

    procedure: Procedure
    words: str


def facts_of(procedure: Procedure, used: list[tuple[Sample, int]]) -> list[Fact]:
    """Return what is told of the kind of a procedure; `used` are the units of samples it took."""
    facts = list(_facts(procedure))
    for sample, taken in used:
        unit = sample.get_unit_display()
        facts.append(Fact("Banked sample", f"{taken} {unit}{'' if taken == 1 else 's'} of {sample.label}"))
    return facts


def story_of(procedures: list[Procedure]) -> list[StoryLine]:
    """Return the lines of a day's story."""
    return [StoryLine(each, _in_a_line(each)) for each in procedures]


def _facts(procedure: Procedure) -> Iterator[Fact]:
    kind = KINDS[procedure.kind]
    if procedure.kind == Procedure.Kind.WEIGHING:
        weight = amount_of(procedure.weight) if procedure.weight else None
        yield Fact("Weight", str(weight) if weight else "taken out of the book with this record")
    if not kind.row or kind.model is None:
        return
    row = getattr(procedure, kind.row)
    for name in kind.told:
        value = getattr(row, name)
        if value is not None and value != "":
            label = str(kind.model._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
            yield _fact(label[:1].upper() + label[1:], row, name, value, procedure.programme.code)
    if procedure.kind == Procedure.Kind.ANAESTHESIA and (given := ", ".join(map(str, row.agents.all()))):
        yield Fact("Agents", given)


def _fact(label: str, row: Any, name: str, value: Any, code: str) -> Fact:
    if isinstance(value, Animal):
        return Fact(label, str(value), animal=value)
    if isinstance(value, Procedure):
        return Fact(label, str(value), url=reverse("procedure", args=[code, value.pk]))
    if shown := getattr(row, f"get_{name}_display", None):
        return Fact(label, shown())
    if isinstance(value, bool):
        return Fact(label, "yes" if value else "no")
    return Fact(label, _plain(value))


def _plain(value: Any) -> str:
    if hasattr(value, "normalize"):
        return f"{value.normalize():f}"
    if hasattr(value, "strftime"):
        return f"{value:%H:%M}"
    return str(value)


def _in_a_line(procedure: Procedure) -> str:
    facts = list(_facts(procedure))[:MOST_IN_A_LINE]
    return "; ".join(f"{each.label[:1].lower()}{each.label[1:]} {each.words}" for each in facts)
