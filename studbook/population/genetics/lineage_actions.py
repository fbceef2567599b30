"""What a coordinator does with a lineage: name one, change it, remove it."""

from collections.abc import Collection

from studbook.accounts.models import User
from studbook.accounts.rights import Right
from studbook.animals.models import Animal
from studbook.core.errors import StaleRecordError, StudbookError
from studbook.population.models import Lineage, LineageFounder
from studbook.programmes.changes import Trail, changing, columns_of, save_unless_stale
from studbook.programmes.models import Programme

NO_NAME = "A lineage needs a name. Write a few words that tell its founders, as Founder 2."
NO_FOUNDERS = "A lineage needs a founder. Choose at least one."
NO_REASON = "A lineage needs a reason. Write why its share is watched, or what the cap protects."
NO_REASON_TO_REMOVE = "A removal needs a reason. Write why the lineage is not watched any more."
NOT_A_SHARE = "A cap lies between 0 and 100 per cent. Write a share between them, or leave it empty."


def make_lineage(
    programme: Programme,
    *,
    name: str,
    founders: Collection[Animal],
    cap: float | None,
    reason: str,
    by: User | None,
) -> Lineage:
    """Watch the share of some founders, with a cap or without."""
    lineage = Lineage(programme=programme, name=name.strip(), cap=cap, reason=reason.strip())
    _refuse_incomplete(lineage, founders)
    with changing(
        programme, "make lineage", by=by, right=Right.PLAN, reason=lineage.reason, alters_numbers=False
    ) as trail:
        _refuse_used_name(lineage)
        lineage.save()
        trail.created([lineage])
        _set_founders(lineage, founders, trail)
    return lineage


def edit_lineage(
    lineage: Lineage,
    *,
    name: str,
    founders: Collection[Animal],
    cap: float | None,
    reason: str,
    by: User | None,
    opened_version: int,
) -> Lineage:
    """Give a lineage another name, other founders, another cap or reason."""
    reason = reason.strip()
    with changing(
        lineage.programme, "edit lineage", by=by, right=Right.PLAN, reason=reason, alters_numbers=False
    ) as trail:
        _refuse_gone(lineage)
        lineage.refresh_from_db()
        before = columns_of(lineage)
        lineage.name, lineage.cap, lineage.reason = name.strip(), cap, reason
        _refuse_incomplete(lineage, founders)
        _refuse_used_name(lineage)
        save_unless_stale(lineage, opened_version=opened_version, fields=["name", "cap", "reason"])
        trail.changed(lineage, before)
        _set_founders(lineage, founders, trail)
    return lineage


def remove_lineage(lineage: Lineage, *, by: User | None, reason: str, opened_version: int) -> Lineage:
    """Watch a lineage no more; the trail keeps what it was."""
    reason = reason.strip()
    if not reason:
        raise StudbookError(NO_REASON_TO_REMOVE, field="reason")
    with changing(
        lineage.programme, "remove lineage", by=by, right=Right.PLAN, reason=reason, alters_numbers=False
    ) as trail:
        _refuse_gone(lineage)
        save_unless_stale(lineage, opened_version=opened_version, fields=[])
        lineage.version = opened_version
        _set_founders(lineage, [], trail)
        trail.removed([lineage])
        Lineage.objects.filter(pk=lineage.pk).delete()
    return lineage


def _set_founders(lineage: Lineage, founders: Collection[Animal], trail: Trail) -> None:
    kept = {animal.pk for animal in founders}
    there = {each.founder_id: each for each in lineage.memberships.order_by("founder__number_order", "id")}
    gone = [each for founder, each in there.items() if founder not in kept]
    trail.removed(gone)
    lineage.memberships.filter(pk__in=[each.pk for each in gone]).delete()
    new = [LineageFounder(lineage=lineage, founder=animal) for animal in founders if animal.pk not in there]
    # One by one: the trail needs the keys, which a bulk insert does not give on every database.
    for each in new:
        each.save()
    trail.created(new)


def _refuse_incomplete(lineage: Lineage, founders: Collection[Animal]) -> None:
    for missing, sentence, field in (
        (not lineage.name, NO_NAME, "name"),
        (not founders, NO_FOUNDERS, "founders"),
        (lineage.cap is not None and not 0 < lineage.cap < 1, NOT_A_SHARE, "cap"),
        (not lineage.reason, NO_REASON, "reason"),
    ):
        if missing:
            raise StudbookError(sentence, field=field)
    for animal in founders:
        if animal.programme_id != lineage.programme_id:
            raise StudbookError(
                f"{animal} is no animal of {lineage.programme}. Choose founders of this book.",
                field="founders",
            )


def _refuse_used_name(lineage: Lineage) -> None:
    others = Lineage.objects.filter(programme=lineage.programme_id, name__iexact=lineage.name)
    if others.exclude(pk=lineage.pk).exists():
        raise StudbookError(
            f"A lineage named {lineage.name} exists already. Choose another name.", field="name"
        )


def _refuse_gone(lineage: Lineage) -> None:
    if not Lineage.objects.filter(pk=lineage.pk).exists():
        raise StaleRecordError(
            f"The lineage {lineage.name} was removed by somebody else since you opened it. Nothing is left to do."
        )
