"""Zoos that said they cannot, as the reason of a pair that was not done and of which nobody told anything."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from studbook.planning.answers.changes import changed_since
from studbook.planning.models import Answer, Outcome, Recommendation

REASONS: Mapping[str, str] = {
    Answer.Reason.ANIMAL: Outcome.Reason.UNFIT,
    Answer.Reason.BEHAVIOUR: Outcome.Reason.INCOMPATIBLE,
    Answer.Reason.SPACE: Outcome.Reason.SPACE,
    Answer.Reason.MANAGEMENT: Outcome.Reason.MANAGEMENT,
    Answer.Reason.LOGISTICS: Outcome.Reason.LOGISTICS,
    Answer.Reason.OTHER: Outcome.Reason.OTHER,
}


def refusals_of(pairs: Collection[Recommendation]) -> dict[int, Answer]:
    """Return by pair the standing "cannot" of a zoo about one of its two, the earlier where there are two.

    One query, none without pairs, and two more where any zoo cannot.
    """
    if not pairs:
        return {}
    pairs_of: defaultdict[tuple[int | None, int], list[int]] = defaultdict(list)
    for pair in pairs:
        for animal in (pair.sire_id, pair.dam_id):
            pairs_of[pair.plan_id, animal].append(pair.pk)
    found: dict[int, Answer] = {}
    for answer in _standing({plan for plan, _ in pairs_of}, {animal for _, animal in pairs_of}):
        for key in pairs_of.get((answer.row.plan_id, answer.row.animal_id), ()):
            found.setdefault(key, answer)
    return found


def _standing(plans: Collection[int | None], animals: Collection[int]) -> list[Answer]:
    """Return each zoo's newest answer where that is "cannot" and the plan says the same since, the first first."""
    newest: dict[tuple[int, int], Answer] = {}
    answers = Answer.objects.filter(row__plan__in=plans, row__animal__in=animals, row__removed_at=None)
    for each in answers.select_related("row__animal", "institution", "by").order_by("-at", "-pk"):
        newest.setdefault((each.row_id, each.institution_id), each)
    cannot = [each for each in newest.values() if each.word == Answer.Word.CANNOT]
    if not cannot:
        return []
    rows = list({each.row_id: each.row for each in cannot}.values())
    pairs = list(Recommendation.objects.filter(plan__in={row.plan_id for row in rows}))
    changed = changed_since(rows, pairs)
    standing = [each for each in cannot if each.row_id not in changed or changed[each.row_id] <= each.at]
    return sorted(standing, key=lambda each: (each.at, each.pk))
