"""The demonstration's former plans with what came of them, from the files that its builder writes.

They are closed, and from before this book: no version of them was frozen, and only the day of each deed is known.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from studbook.accounts.demonstration import COORDINATOR
from studbook.accounts.models import User
from studbook.animals.models import Animal
from studbook.institutions.models import Institution
from studbook.planning.models import Outcome, Plan, PlanAnimal, Recommendation
from studbook.planning.outcomes.book import Book, book_of
from studbook.programmes.changes import changing
from studbook.programmes.demonstration import rows_of_fixture
from studbook.programmes.models import Programme

Row = dict[str, str]
DECIDED_BY = "The species committee of the demonstration."
NOON = time(12, tzinfo=UTC)
DRAFTED = timedelta(days=60)
BATCH = 500
FIGURES = ("delta_gd", "f_offspring", "mk_sire", "mk_dam")


@dataclass(frozen=True, slots=True)
class _Names:
    """What the rows name: plans, animals, institutions; and where the animals were."""

    plans: dict[str, Plan]
    animals: dict[str, Animal]
    places: dict[str, Institution]
    by: User


def add_former_plans(programme: Programme) -> None:
    """Add the plans of the years before, in a few dozen queries."""
    plans, pairs, rows = (rows_of_fixture(name) for name in ("plans", "plan_pairs", "plan_animals"))
    by = User.objects.get(username=COORDINATOR.username)
    with changing(programme, "enter former plans", by=by, alters_numbers=False) as trail:
        made = [_plan(programme, row, by) for row in plans]
        Plan.objects.bulk_create(made)
        names = _Names(
            {plan.title: plan for plan in made},
            {each.studbook_number: each for each in programme.animals.all()},
            {each.mnemonic: each for each in Institution.objects.all()},
            by,
        )
        lines = [_row(row, names) for row in rows]
        chosen = [_pair(programme, row, names) for row in pairs]
        _place(programme, chosen, lines)
        PlanAnimal.objects.bulk_create(lines, batch_size=BATCH)
        Recommendation.objects.bulk_create(chosen, batch_size=BATCH)
        told = [
            each for pair, row in zip(chosen, pairs, strict=True) for each in _told_of_pair(pair, row, by)
        ]
        told += [each for line, row in zip(lines, rows, strict=True) for each in _told_of_row(line, row, by)]
        Outcome.objects.bulk_create(told, batch_size=BATCH)
        _date(made, chosen, told)
        trail.created([*made, *lines, *chosen, *told])


def _plan(programme: Programme, row: Row, by: User) -> Plan:
    began, ended = _day(row["published_on"]), _day(row["closed_on"])
    return Plan(
        programme=programme,
        title=row["title"],
        state=Plan.State.CLOSED,
        starts_on=began,
        ends_on=ended,
        published_on=began,
        closed_on=ended,
        litters_wanted=int(row["litters_wanted"]),
        summary=row["summary"],
        decided_by=DECIDED_BY,
        made_by=by,
    )


def _pair(programme: Programme, row: Row, names: _Names) -> Recommendation:
    return Recommendation(
        programme=programme,
        plan=names.plans[row["plan"]],
        sire=names.animals[row["sire"]],
        dam=names.animals[row["dam"]],
        priority=int(row["priority"]),
        reason=row["reason"],
        revision=1,
        made_by=names.by,
        withdrawn_at=_noon(row["replaced_on"]) if row["replaced_on"] else None,
        **{name: float(row[name]) for name in FIGURES},
    )


def _row(row: Row, names: _Names) -> PlanAnimal:
    return PlanAnimal(
        plan=names.plans[row["plan"]],
        animal=names.animals[row["studbook_number"]],
        disposition=row["disposition"],
        destination=names.places[row["destination"]] if row["destination"] else None,
        breeding=row["breeding"],
        reason=row["reason"],
    )


def _place(programme: Programme, pairs: list[Recommendation], lines: list[PlanAnimal]) -> None:
    book: Book = book_of(programme, pairs, lines, date.max)
    for pair in pairs:
        began = pair.plan.published_on if pair.plan else None
        if began:
            pair.sire_holder = book.place_on(pair.sire_id, began)
            pair.dam_holder = book.place_on(pair.dam_id, began)


def _told_of_pair(pair: Recommendation, row: Row, by: User) -> Iterable[Outcome]:
    if row["attempt"]:
        on = _day(row["attempt_on"])
        yield Outcome(pair=pair, state=Outcome.State.ATTEMPTED, attempt=row["attempt"], on=on, by=by)
    if row["not_done"]:
        on = _day(row["told_on"])
        why = {"reason": row["not_done"], "note": row["note"]}
        yield Outcome(pair=pair, state=Outcome.State.NOT_DONE, on=on, by=by, **why)


def _told_of_row(line: PlanAnimal, row: Row, by: User) -> Iterable[Outcome]:
    if row["not_done"]:
        on = _day(row["told_on"])
        yield Outcome(row=line, state=Outcome.State.NOT_DONE, reason=row["not_done"], on=on, by=by)


def _date(plans: list[Plan], pairs: list[Recommendation], told: list[Outcome]) -> None:
    """Set the moments that are otherwise those of the writing."""
    for plan in plans:
        plan.made_at = _at(plan.starts_on) - DRAFTED
    for pair in pairs:
        pair.made_at = _at(pair.plan.starts_on) - DRAFTED if pair.plan else pair.made_at
    for outcome in told:
        outcome.at = _at(outcome.on) if outcome.on else outcome.at
    Plan.objects.bulk_update(plans, ["made_at"])
    Recommendation.objects.bulk_update(pairs, ["made_at"], batch_size=BATCH)
    Outcome.objects.bulk_update(told, ["at"], batch_size=BATCH)


def _day(words: str) -> date:
    return date.fromisoformat(words)


def _at(day: date) -> datetime:
    return datetime.combine(day, NOON)


def _noon(words: str) -> datetime:
    return _at(_day(words))
