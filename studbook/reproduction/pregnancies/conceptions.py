"""What the records of reproduction say of how animals were conceived: when, of whom, and what was taken of the parents before."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db.models import Q

from studbook.core.dates import DateInterval
from studbook.programmes.models import Programme
from studbook.reproduction.models import PregnancyYoung, Sample, SampleStep
from studbook.reproduction.spans import FRESH_DAYS

YOUNG_COLUMNS = (
    "animal__studbook_number", "pregnancy",
    "pregnancy__sire__studbook_number", "pregnancy__dam__studbook_number", "pregnancy__gene_dam__studbook_number",
    "pregnancy__conceived_earliest", "pregnancy__conceived_latest", "pregnancy__insemination",
    "pregnancy__insemination__struck_at",
    "pregnancy__insemination__insemination__donor__studbook_number",
    "pregnancy__insemination__insemination__collection__animal__studbook_number",
    "pregnancy__insemination__insemination__collection__struck_at",
    "pregnancy__insemination__insemination__collection__date_earliest",
    "pregnancy__insemination__insemination__collection__date_latest",
)  # fmt: skip
STEP_COLUMNS = (
    "procedure", "sample__donor__studbook_number", "sample__embryo_sire__studbook_number",
    "sample__collected_earliest", "sample__collected_latest",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Conception:
    """How one animal was conceived. Parents are studbook numbers; the dam is the one by her genes.

    `taken` tells by parent when that was taken which the animal comes of; `banked` are those of them whose part was stored.
    """

    pregnancy: int
    conceived: DateInterval
    sire: str | None
    dam: str
    taken: Mapping[str, DateInterval] = field(default_factory=dict)
    banked: frozenset[str] = frozenset()


def conceptions_of(programme: Programme, animals: Collection[int] | None = None) -> dict[str, Conception]:
    """Return by studbook number how the young of standing pregnancies were conceived; two queries, one without assistance.

    A sample counts that was used in the very insemination or transfer, stands, and was collected no later than that; fresh
    semen counts of a collection at most FRESH_DAYS before.
    """
    young = PregnancyYoung.objects.filter(
        pregnancy__programme=programme, pregnancy__struck_at__isnull=True
    ).order_by()
    young = young if animals is None else young.filter(animal__in=animals)
    rows = list(young.values(*YOUNG_COLUMNS))
    used = _samples_used({row["pregnancy__insemination"] for row in rows} - {None})
    return {row["animal__studbook_number"]: _conception(row, used) for row in rows}


def young_borne_by(animals: Collection[int]) -> Collection[int]:
    """Return the keys of the young of all pregnancies that these animals bore; one query."""
    found = PregnancyYoung.objects.filter(pregnancy__dam__in=animals).order_by()
    return set(found.values_list("animal", flat=True))


@dataclass(frozen=True, slots=True)
class _Used:
    """A sample that was used in a procedure: whose genes are in it, and when it was taken of whom."""

    parents: tuple[str, ...]
    collected: DateInterval


def _samples_used(procedures: Collection[int]) -> Mapping[int, list[_Used]]:
    if not procedures:
        return {}
    kinds = {*Sample.MAKES_SIRES, Sample.Kind.EMBRYOS}
    steps = SampleStep.objects.filter(
        Q(sample__kind__in=kinds),
        kind=SampleStep.Kind.USED,
        procedure__in=procedures,
        procedure__struck_at__isnull=True,
        sample__struck_at__isnull=True,
    )
    found: defaultdict[int, list[_Used]] = defaultdict(list)
    for procedure, donor, sire, earliest, latest in steps.order_by("id").values_list(*STEP_COLUMNS):
        parents = tuple(filter(None, (donor, sire)))
        found[procedure].append(_Used(parents, DateInterval(earliest, latest)))
    return found


def _conception(row: Mapping[str, Any], used: Mapping[int, list[_Used]]) -> Conception:
    conceived = DateInterval(row["pregnancy__conceived_earliest"], row["pregnancy__conceived_latest"])
    taken: dict[str, DateInterval] = {}
    for sample in used.get(row["pregnancy__insemination"], ()):
        if sample.collected.earliest <= conceived.latest:
            taken |= dict.fromkeys(sample.parents, sample.collected)
    banked = frozenset(taken)
    for donor, collected in _fresh(row, conceived):
        taken.setdefault(donor, collected)
    return Conception(
        pregnancy=row["pregnancy"],
        conceived=conceived,
        sire=row["pregnancy__sire__studbook_number"],
        dam=row["pregnancy__gene_dam__studbook_number"] or row["pregnancy__dam__studbook_number"],
        taken=taken,
        banked=banked,
    )


def _fresh(row: Mapping[str, Any], conceived: DateInterval) -> Iterator[tuple[str, DateInterval]]:
    into = "pregnancy__insemination__insemination__"
    donor, collection = row[f"{into}donor__studbook_number"], f"{into}collection__"
    earliest, latest = row[f"{collection}date_earliest"], row[f"{collection}date_latest"]
    its = row[f"{collection}animal__studbook_number"]
    struck = row[f"{collection}struck_at"] or row["pregnancy__insemination__struck_at"]
    if donor and donor == its and earliest and not struck:
        longest = timedelta(days=FRESH_DAYS)
        if earliest <= conceived.latest and latest >= conceived.earliest - longest:
            yield donor, DateInterval(earliest, latest)
