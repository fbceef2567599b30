"""What the overlay pages read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Prefetch

from studbook.animals.models import Animal, ParentCandidate, ParentKind
from studbook.population.models import AssumedParent, Assumption, Overlay, OverlayQuerySet
from studbook.programmes.models import Programme

RECORDED_OF_ANIMAL = ("animal__sire", "animal__dam")


@dataclass(frozen=True, slots=True)
class Shown:
    """One side of a difference: an animal of the book, or words; `probability` where it is one of several."""

    words: str
    animal: Animal | None = None
    probability: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """What an assumption changes: of whom, in which field, from what recorded to what assumed."""

    assumption: Assumption
    about: tuple[Shown, ...]
    field: str
    recorded: tuple[Shown, ...]
    assumed: tuple[Shown, ...]


def overlays_of(programme: Programme) -> OverlayQuerySet:
    """Return a programme's overlays with maker and count of assumptions; the archived last."""
    overlays: OverlayQuerySet = programme.overlays.select_related("programme", "made_by").counted()
    return overlays.order_by("archived_at", "name", "id")


def lines_of(overlay: Overlay) -> list[Line]:
    """Return the difference of an overlay from the book as recorded; three queries."""
    candidates = ParentCandidate.objects.select_related("parent").order_by(
        "-probability", "parent__number_order"
    )
    assumptions = (
        overlay.assumptions.whole()
        .select_related(*RECORDED_OF_ANIMAL)
        .prefetch_related(Prefetch("animal__parent_candidates", candidates))
    )
    return [_line(assumption) for assumption in assumptions]


def hypothetical_names(overlay: Overlay) -> list[str]:
    """Return the labels of the overlay's hypothetical animals; one query."""
    return list(
        overlay.assumptions.filter(kind=Assumption.Kind.HYPOTHETICAL)
        .values_list("label", flat=True)
        .order_by("id")
    )


def free_label(programme: Programme) -> str:
    """Return a label for one more hypothetical animal, as H3; two queries."""
    used = Assumption.objects.filter(overlay__programme=programme, kind=Assumption.Kind.HYPOTHETICAL)
    taken = {label.upper() for label in used.values_list("label", flat=True)}
    taken |= {
        number.upper()
        for number in programme.animals.filter(studbook_number__istartswith="H").values_list(
            "studbook_number", flat=True
        )
    }
    return next(label for label in (f"H{count}" for count in range(1, len(taken) + 2)) if label not in taken)


def _line(assumption: Assumption) -> Line:
    field, recorded, assumed = _SIDES[Assumption.Kind(assumption.kind)](assumption)
    about = [_party(assumption.animal, assumption.hypothetical)]
    if assumption.kind == Assumption.Kind.HYPOTHETICAL:
        about = [Shown(f"{assumption.label} (hypothetical)")]
    if assumption.second:
        about.append(_party(assumption.other_animal, assumption.other_hypothetical))
    return Line(assumption, tuple(dict.fromkeys(about)), field, tuple(recorded), tuple(assumed))


Sides = tuple[str, Sequence[Shown], Sequence[Shown]]


def _parent(assumption: Assumption) -> Sides:
    return assumption.role, _recorded_parents(assumption), _assumed_parents(assumption.parents.all())


def _hypothetical(assumption: Assumption) -> Sides:
    parents = assumption.parents.all()
    words = [Shown(f"{Animal.Sex(assumption.sex).label if assumption.sex != 'U' else 'sex unknown'}")]
    for role in ParentCandidate.Role.values:
        shown = _assumed_parents(each for each in parents if each.role == role)
        words += [Shown(f"{role}: {one.words}", one.animal, one.probability) for one in shown]
    return "animal", [Shown("not in the book")], words


def _related(assumption: Assumption) -> Sides:
    own = (assumption.animal_id, assumption.hypothetical_id) == (
        assumption.other_animal_id,
        assumption.other_hypothetical_id,
    )
    recorded = "0.5 (not inbred)" if own else "0 (unrelated)"
    return (
        ("kinship with itself" if own else "kinship"),
        [Shown(recorded)],
        [Shown(f"{assumption.kinship:g}")],
    )


def _twins(assumption: Assumption) -> Sides:
    return "genome", [Shown("each its own")], [Shown("one and the same")]


def _sex(assumption: Assumption) -> Sides:
    animal = assumption.animal
    recorded = animal.get_sex_display() if animal is not None else ""
    return "sex", [Shown(recorded)], [Shown(assumption.get_sex_display())]


def _excluded(assumption: Assumption) -> Sides:
    living = assumption.animal is not None and assumption.animal.is_living
    recorded = "counted" if living else "not counted, since it does not live"
    return "population", [Shown(recorded)], [Shown("left out")]


_SIDES = {
    Assumption.Kind.PARENT: _parent,
    Assumption.Kind.HYPOTHETICAL: _hypothetical,
    Assumption.Kind.RELATED: _related,
    Assumption.Kind.TWINS: _twins,
    Assumption.Kind.SEX: _sex,
    Assumption.Kind.EXCLUDED: _excluded,
}


def _recorded_parents(assumption: Assumption) -> list[Shown]:
    animal, role = assumption.animal, assumption.role
    if animal is None:
        return []
    kind, parent = getattr(animal, f"{role}_kind"), getattr(animal, role)
    if kind == ParentKind.KNOWN:
        return [_party(parent, None)]
    several = [each for each in animal.parent_candidates.all() if each.role == role]
    if kind == ParentKind.SEVERAL and several:
        return [Shown(str(each.parent), each.parent, each.probability) for each in several]
    return [Shown(ParentKind(kind).label)]


def _assumed_parents(parents: Iterable[AssumedParent]) -> list[Shown]:
    return [
        Shown(str(each), each.animal, each.probability if each.probability != 1 else None) for each in parents
    ]


def _party(animal: Animal | None, hypothetical: Assumption | None) -> Shown:
    return (
        Shown(str(animal), animal)
        if animal is not None
        else Shown(f"{hypothetical.label} (hypothetical)" if hypothetical else "")
    )
