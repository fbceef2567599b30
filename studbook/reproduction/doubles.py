"""What is in the book already is shown before it is told twice. Both may be true, so it is warned of and not refused."""

from collections.abc import Iterable
from dataclasses import dataclass

from studbook.core.findings import WARN, Finding, refuse_findings
from studbook.reproduction.models import Mating, Pregnancy, Procedure
from studbook.reproduction.resting import words_of

CODE = "D16"


@dataclass(frozen=True, slots=True)
class LinkedFinding(Finding):
    """A finding about a record that has a page."""

    url: str = ""


def refuse_twice(
    found: Iterable[Mating | Procedure | Pregnancy],
    *,
    animals: Iterable[str],
    acknowledged: Iterable[str],
    reason: str,
) -> None:
    """Warn of records that may be the very one that is told; it goes on once they were read and a reason is given.

    Raises UnacknowledgedError.
    """
    numbers = tuple(animals)
    findings = [
        LinkedFinding(CODE, WARN, numbers, _sentence(each), "on", each.get_absolute_url()) for each in found
    ]
    refuse_findings(findings, acknowledged, reason=reason)


def matings_like(mating: Mating) -> list[Mating]:
    """Return the matings of the same two on the same day; one query."""
    found = Mating.objects.standing().filter(
        sire=mating.sire_id,
        dam=mating.dam_id,
        date_earliest=mating.date_earliest,
        date_latest=mating.date_latest,
    )
    return list(found.select_related("programme", "sire", "dam"))


def procedures_like(procedure: Procedure) -> list[Procedure]:
    """Return the procedures of one kind on one animal on the same day at the same time, or at none told; one query."""
    found = Procedure.objects.standing().filter(
        kind=procedure.kind,
        animal=procedure.animal_id,
        date_earliest=procedure.date_earliest,
        date_latest=procedure.date_latest,
        started=procedure.started,
    )
    return list(found.select_related("programme", "animal"))


def pregnancies_beside(pregnancy: Pregnancy) -> list[Pregnancy]:
    """Return the open pregnancies of the same dam that would last at the same time; one query."""
    found = Pregnancy.objects.open().filter(dam=pregnancy.dam_id).exclude(pk=pregnancy.pk)
    every = found.select_related("programme", "dam")
    return [
        each for each in every if _before_the_end_of(each, pregnancy) and _before_the_end_of(pregnancy, each)
    ]


def _before_the_end_of(one: Pregnancy, other: Pregnancy) -> bool:
    # Without a gestation on record nobody knows when the other ends.
    if one.conceived is None or other.window is None:
        return True
    return one.conceived.earliest <= other.window.latest


def _sentence(record: Mating | Procedure | Pregnancy) -> str:
    return f"There is one already: {words_of(record)}. Is it another? Then say why both are told, or else leave the page."
