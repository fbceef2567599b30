"""How far couples came by what is on record: introduced, mated, inseminated, pregnant.

Four queries for any number of couples, and two more where a pregnancy of theirs is open.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Q

from studbook.core.dates import DateInterval
from studbook.reproduction.models import Mating, Pairing, Pregnancy, Procedure
from studbook.reproduction.pregnancies.queries import seen_pregnant

Couple = tuple[int, int]
NOT_PREGNANT = Pregnancy.Outcome.NOT_PREGNANT


class Stage(StrEnum):
    """How far a couple came, the furthest last."""

    INTRODUCED = "introduced"
    MATED = "mated"
    INSEMINATED = "inseminated"
    PREGNANT = "pregnant"


@dataclass(frozen=True, slots=True)
class Step:
    """A stage that a couple reached on a day, in words, and the standing record that says so."""

    stage: Stage
    on: DateInterval
    words: str
    record: Pairing | Mating | Procedure | Pregnancy


def steps_of(couples: Collection[Couple], since: date) -> Mapping[Couple, Sequence[Step]]:
    """Return what is on record of couples, sire first, that may lie on or after a day; the first step first.

    A pregnancy is of the sire and of the dam by her genes, on the days of its conception.
    """
    if not couples:
        return {}
    found: defaultdict[Couple, list[Step]] = defaultdict(list)
    sires, dams = ({each[at] for each in couples} for at in (0, 1))
    for read in (_introduced, _mated, _inseminated, _pregnant):
        for couple, step in read(sires, dams, since):
            found[couple].append(step)
    return {
        couple: sorted(found[couple], key=lambda step: (step.on.middle, step.record.pk))
        for couple in couples
        if couple in found
    }


def _introduced(sires: set[int], dams: set[int], since: date) -> Iterator[tuple[Couple, Step]]:
    late = Q(introduced_latest__gte=since) | Q(together_latest__gte=since)
    pairs = Pairing.objects.standing().filter(late, sire__in=sires, dam__in=dams)
    for pairing in pairs.select_related("programme").order_by("pk"):
        for on, words in ((pairing.introduced, "Introduced"), (pairing.together, "Put together")):
            if on:
                step = Step(Stage.INTRODUCED, on, f"{words}: {on}.", pairing)
                yield (pairing.sire_id, pairing.dam_id), step


def _mated(sires: set[int], dams: set[int], since: date) -> Iterator[tuple[Couple, Step]]:
    matings = Mating.objects.standing().filter(date_latest__gte=since, sire__in=sires, dam__in=dams)
    for mating in matings.select_related("programme").order_by("pk"):
        if on := mating.date:
            words = f"Mating, {mating.get_seen_display()}: {on}."
            yield (mating.sire_id, mating.dam_id), Step(Stage.MATED, on, words, mating)


def _inseminated(sires: set[int], dams: set[int], since: date) -> Iterator[tuple[Couple, Step]]:
    inseminations = Procedure.objects.standing().filter(
        kind=Procedure.Kind.INSEMINATION,
        date_latest__gte=since,
        insemination__donor__in=sires,
        animal__in=dams,
    )
    for procedure in inseminations.select_related("programme", "insemination").order_by("pk"):
        if on := procedure.date:
            couple = (procedure.insemination.donor_id, procedure.animal_id)
            yield couple, Step(Stage.INSEMINATED, on, f"Inseminated: {on}.", procedure)


def _pregnant(sires: set[int], dams: set[int], since: date) -> Iterator[tuple[Couple, Step]]:
    hers = Q(gene_dam__in=dams) | Q(gene_dam=None, dam__in=dams)
    pregnancies = list(
        Pregnancy.objects.standing()
        .filter(hers, conceived_latest__gte=since, sire__in=sires)
        .exclude(outcome=NOT_PREGNANT)
        .select_related("programme")
        .order_by("pk")
    )
    # One that is open may be no more than hoped for.
    seen = seen_pregnant([each for each in pregnancies if not each.outcome])
    for pregnancy in pregnancies:
        on = pregnancy.conceived
        if on and pregnancy.sire_id and (pregnancy.outcome or pregnancy.pk in seen):
            how = pregnancy.get_outcome_display() if pregnancy.outcome else "seen in an examination"
            couple = (pregnancy.sire_id, pregnancy.gene_dam_id or pregnancy.dam_id)
            yield couple, Step(Stage.PREGNANT, on, f"Pregnant: conceived {on}, {how}.", pregnancy)
