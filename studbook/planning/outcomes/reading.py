"""What came of the recommendations of published plans. Computed on reading, so that a birth or an arrival logged anywhere counts at once.

Eleven queries, however many plans and recommendations, and one more where versions of the plans were not read before, and
where pairs of closed plans are read; two where a pregnancy is open, and where a zoo said of those that it cannot. A litter belongs to the plan in force when it was born, as the
surveys of PMCTrack count it; how many were conceived under it stands beside. Two or more possible parents fulfil nothing.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from django.db.models import Q

from studbook.planning.answers.refusals import refusals_of
from studbook.planning.models import Answer, Outcome, Plan, PlanAnimal, Recommendation
from studbook.planning.outcomes.beginnings import Beginnings, beginnings_of
from studbook.planning.outcomes.book import Book, book_of
from studbook.planning.outcomes.judging import Case, judge
from studbook.planning.outcomes.kinds import Kind, Reading, Subject, Window, key_of, kinds_of
from studbook.programmes.models import Programme

PAIR_PARTS = ("sire", "dam", "sire_holder", "dam_holder", "programme")
ROW_PARTS = ("animal", "destination")
EVERYTHING: tuple[type[Subject], ...] = (Recommendation, PlanAnimal)


def readings_of(
    programme: Programme, plans: Iterable[Plan] | None = None, *, of: Collection[type[Subject]] = EVERYTHING
) -> tuple[Reading, ...]:
    """Return what came of everything these plans recommended, the newest plan first; of every published one without.

    `of` leaves out the pairs or the rows of animals.
    """
    published = list(programme.plans.published().order_by("-published_on", "-pk") if plans is None else plans)
    by_key = {each.pk: each for each in published if each.published_on}
    began = beginnings_of(by_key)
    pairs_in = by_key if Recommendation in of else {}
    rows_in = by_key if PlanAnimal in of else {}
    pairs = [
        each
        for each in Recommendation.objects.filter(plan__in=pairs_in)
        .select_related(*PAIR_PARTS)
        .order_by("pk")
        if _was_published(by_key[each.plan_id or 0], began, each.withdrawn_at)
    ]
    rows = [
        each
        for each in PlanAnimal.objects.filter(plan__in=rows_in).select_related(*ROW_PARTS).order_by("pk")
        if _was_published(by_key[each.plan_id], began, each.removed_at)
    ]
    if not (pairs or rows):
        return ()
    since = min(each.published_on for each in by_key.values() if each.published_on)
    subjects: list[Subject] = [*pairs, *rows]
    book, told = book_of(programme, pairs, rows, since), _told(pairs, rows)
    refused = refusals_of([each for each in pairs if by_key[each.plan_id or 0].closed_on])
    cases = [
        _case(kind, subject, by_key[subject.plan_id or 0], told, began, book=book, refused=refused)
        for subject in subjects
        for kind in kinds_of(subject)
    ]
    order = {key: at for at, key in enumerate(by_key)}
    return tuple(sorted(map(judge, cases), key=lambda each: order[each.plan.pk]))


def readings_of_plan(plan: Plan, *, of: Collection[type[Subject]] = EVERYTHING) -> tuple[Reading, ...]:
    """Return what came of everything one plan recommended, its pairs first."""
    return readings_of(plan.programme, [plan], of=of)


def outcome_of(subject: Subject) -> Reading | None:
    """Return what came of one pair, or of where a row says its animal shall be; None of what no plan published."""
    plan = subject.plan
    readings = readings_of(plan.programme, [plan], of=[type(subject)]) if plan else ()
    found = (each for each in readings if each.subject == subject and each.kind != Kind.NO_BREEDING)
    return next(found, None)


def _case(
    kind: Kind,
    subject: Subject,
    plan: Plan,
    told: dict[str, list[Outcome]],
    began: Beginnings,
    *,
    book: Book,
    refused: Mapping[int, Answer],
) -> Case:
    ended = _ended(subject)
    days = [each for each in (ended.date() if ended else None, plan.closed_on) if each]
    window = Window(began.of(kind, subject, plan), min(days, default=None))
    # What people tell of a row is where its animal is; whether it bred the book shows alone.
    words = [] if kind == Kind.NO_BREEDING else told.get(key_of(subject), [])
    # What ended after the close, as when two records were merged, was in force to the last.
    replaced = ended is not None and (plan.closed_on is None or ended.date() <= plan.closed_on)
    refusal = refused.get(subject.pk) if isinstance(subject, Recommendation) else None
    return Case(kind, subject, plan, window, replaced, words, book, refusal)


def _ended(subject: Subject) -> datetime | None:
    return subject.withdrawn_at if isinstance(subject, Recommendation) else subject.removed_at


def _was_published(plan: Plan, began: Beginnings, ended: datetime | None) -> bool:
    """Tell whether a pair or a row was in its plan when it was published, or came later."""
    if ended is None:
        return True
    if at := began.published_at(plan.pk):
        return ended > at
    return plan.published_on is not None and ended.date() >= plan.published_on


def _told(pairs: Sequence[Recommendation], rows: Sequence[PlanAnimal]) -> dict[str, list[Outcome]]:
    told: dict[str, list[Outcome]] = defaultdict(list)
    of_these = Q(pair__in=[each.pk for each in pairs]) | Q(row__in=[each.pk for each in rows])
    for each in Outcome.objects.filter(of_these).select_related("by").order_by("-at", "-pk"):
        told[f"pair-{each.pair_id}" if each.pair_id else f"row-{each.row_id}"].append(each)
    return told
