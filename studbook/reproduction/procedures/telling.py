"""A procedure in words: its facts for its own page, and a line of a day's story."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse

from studbook.animals.entry.observation_values import amount_of
from studbook.animals.models import Animal
from studbook.reproduction.models import Anaesthesia, Procedure, Sample
from studbook.reproduction.procedures.kinds import KINDS
from studbook.reproduction.procedures.times import over_midnight, times_asleep, times_of

MOST_IN_A_LINE = 4
# What a fact is called in few words, and its unit; another is called as its column.
SAID = {
    "collection": ("Fresh semen", ""),
    "dose_million": ("Motile sperm", " million"),
    "chance_percent": ("Chance", " %, as the team sees it"),
    "stimulus": ("Stimulus", ""),
    "volume_ml": ("Volume", " ml"),
    "million_per_ml": ("Concentration", " million a ml"),
    "motile_percent": ("Motile", " %"),
    "normal_percent": ("Normal form", " %"),
    "lying_at": ("Lying", ""),
    "reversed_at": ("Antidote", ""),
    "standing_at": ("Standing", ""),
    "ovulation": ("Ovulation", ""),
    "pregnancy": ("Pregnancy", ""),
    "findings": ("Findings", ""),
    "young": ("Young", ""),
}
NEXT_DAY = " the next day"
# What speaks for itself in the story of a day.
IN_SENTENCES = SAID["findings"][0]
# What the story of a day leaves to the page of the procedure.
ON_ITS_PAGE = frozenset({"collection", "stimulus", "complications", "dose_million"})


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
    return facts + [
        Fact("Banked sample", f"{sample.counted(taken)} of {sample.label}") for sample, taken in used
    ]


def time_of(procedure: Procedure) -> str:
    """Return from when to when a procedure lasted, empty where neither is told."""
    if not (procedure.started or procedure.ended):
        return ""
    began = f"{procedure.started:%H:%M}" if procedure.started else "not told"
    if procedure.ended is None:
        return began
    return f"{began} to {procedure.ended:%H:%M}{NEXT_DAY if over_midnight(times_of(procedure)) else ''}"


def story_of(procedures: Iterable[Procedure]) -> list[StoryLine]:
    """Return the lines of a day's story."""
    return [StoryLine(each, _in_a_line(each)) for each in procedures]


def _facts(procedure: Procedure) -> Iterator[Fact]:
    kind = KINDS[procedure.kind]
    if procedure.kind == Procedure.Kind.WEIGHING:
        weight = amount_of(procedure.weight) if procedure.weight else None
        yield Fact("Weight", str(weight) if weight else "taken out of the book with this record")
    if not kind.row or kind.model is None:
        return
    row = getattr(procedure, kind.row, None)
    if row is None:
        return
    later = over_midnight(times_asleep(procedure, row)) if isinstance(row, Anaesthesia) else ()
    for name in kind.told:
        value = getattr(row, name)
        if value is not None and value != "":
            fact = _fact(row, name, value, procedure.programme.code)
            yield replace(fact, words=fact.words + NEXT_DAY) if name in later else fact
    if procedure.kind == Procedure.Kind.ANAESTHESIA and (given := ", ".join(map(str, row.agents.all()))):
        yield Fact("Agents", given)


def _fact(row: Any, name: str, value: Any, code: str) -> Fact:
    label, unit = SAID.get(name) or (_capital(str(row._meta.get_field(name).verbose_name)), "")
    if isinstance(value, Animal):
        return Fact(label, str(value), animal=value)
    if isinstance(value, Procedure):
        return Fact(label, str(value), url=reverse("procedure", args=[code, value.pk]))
    if shown := getattr(row, f"get_{name}_display", None):
        return Fact(label, shown())
    if isinstance(value, bool):
        return Fact(label, "yes" if value else "no")
    return Fact(label, _plain(value) + unit)


def _plain(value: Any) -> str:
    if hasattr(value, "normalize"):
        return f"{value.normalize():f}"
    if hasattr(value, "strftime"):
        return f"{value:%H:%M}"
    return str(value)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _in_a_line(procedure: Procedure) -> str:
    """Return how it was done, then what was found; a finding is told with what was looked for."""
    hidden = {SAID.get(name, (_capital(name), ""))[0] for name in ON_ITS_PAGE}
    facts = [each for each in _facts(procedure) if each.label not in hidden]
    first = [f"semen of {each.words}" if each.label == "Donor" else each.words for each in facts[:1]]
    rest = [
        each.words if each.label == IN_SENTENCES else f"{each.label[:1].lower()}{each.label[1:]} {each.words}"
        for each in facts[1 : MOST_IN_A_LINE + 1]
    ]
    return "; ".join([*first, *rest])
