"""What a coordinator does with a rate set: make, change; it is archived and restored like all that is set beside the book."""

from collections.abc import Mapping
from dataclasses import dataclass

from studbook.accounts.models import User
from studbook.accounts.rights import Right
from studbook.core.errors import StudbookError
from studbook.population.models import EditedRate, RateSet
from studbook.population.set_beside import refuse_archived, refuse_empty, refuse_used_name
from studbook.programmes.changes import Trail, changing, columns_of, save_unless_stale
from studbook.programmes.models import Programme

NO_NAME = "A rate set needs a name. Write a few words that tell what differs, as Fewer cubs lost."
NO_REASON = "A rate set needs a reason. Write why the rates could be others than the recorded ones."
HIGHEST_MX = 100


@dataclass(frozen=True, slots=True)
class Rates:
    """The rates of one sex at one age that differ from the recorded ones; None is as recorded."""

    qx: float | None = None
    mx: float | None = None


Edited = Mapping[tuple[str, int], Rates]


def make_rate_set(programme: Programme, *, name: str, reason: str, base: str, by: User | None) -> RateSet:
    """Make a rate set on a base; its rates are as recorded until they are edited."""
    made = RateSet(programme=programme, name=name.strip(), reason=reason.strip(), base=base, made_by=by)
    _refuse_unnamed(made)
    with changing(
        programme, "make rate set", by=by, right=Right.PLAN, reason=made.reason, alters_numbers=False
    ) as trail:
        refuse_used_name(made)
        made.save()
        trail.created([made])
    return made


def edit_rate_set(
    rate_set: RateSet, *, name: str, reason: str, rates: Edited, by: User | None, opened_version: int
) -> RateSet:
    """Give a rate set another name or reason, and exactly these rates that differ."""
    name, reason = name.strip(), reason.strip()
    with changing(
        rate_set.programme, "edit rate set", by=by, right=Right.PLAN, reason=reason, alters_numbers=False
    ) as trail:
        rate_set.refresh_from_db()
        refuse_archived(rate_set)
        before = columns_of(rate_set)
        rate_set.name, rate_set.reason = name, reason
        _refuse_unnamed(rate_set)
        refuse_used_name(rate_set)
        _refuse_impossible(rates)
        save_unless_stale(rate_set, opened_version=opened_version, fields=["name", "reason"])
        trail.changed(rate_set, before)
        _set_rates(rate_set, rates, trail)
    return rate_set


def _set_rates(rate_set: RateSet, rates: Edited, trail: Trail) -> None:
    wanted = {key: each for key, each in rates.items() if each != Rates()}
    there = {(rate.sex, rate.age): rate for rate in rate_set.rates.order_by("sex", "age")}
    gone = [rate for key, rate in there.items() if key not in wanted]
    trail.removed(gone)
    rate_set.rates.filter(pk__in=[rate.pk for rate in gone]).delete()
    for key, told in sorted(wanted.items()):
        _set_rate(rate_set, key, told, there.get(key), trail)


def _set_rate(
    rate_set: RateSet, key: tuple[str, int], told: Rates, there: EditedRate | None, trail: Trail
) -> None:
    if there is None:
        sex, age = key
        made = EditedRate.objects.create(rate_set=rate_set, sex=sex, age=age, qx=told.qx, mx=told.mx)
        trail.created([made])
    elif (there.qx, there.mx) != (told.qx, told.mx):
        before = columns_of(there)
        there.qx, there.mx = told.qx, told.mx
        there.save(update_fields=["qx", "mx"])
        trail.changed(there, before)


def _refuse_unnamed(rate_set: RateSet) -> None:
    refuse_empty(rate_set.name, NO_NAME, field="name")
    refuse_empty(rate_set.reason, NO_REASON, field="reason")


def _refuse_impossible(rates: Edited) -> None:
    for (sex, age), told in rates.items():
        whose = f"{'males' if sex == 'M' else 'females'} of age {age}"
        if told.qx is not None and not 0 <= told.qx <= 1:
            raise StudbookError(f"A Qx of {told.qx:g} for {whose} is no chance. Write one from 0 to 1.")
        if told.mx is not None and not 0 <= told.mx <= HIGHEST_MX:
            raise StudbookError(
                f"An Mx of {told.mx:g} for {whose} is no number of young. Write one from 0 to {HIGHEST_MX}."
            )
