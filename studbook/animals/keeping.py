"""The one way to change the records of animals: the programme's lock, the person's rights, the rules of the book.

Rights are read and rules are asked under the lock, so that what they answer still holds when the deed is written. A rule
may be broken already, by an old record: only what the deed itself brings about is refused or warned of.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, MutableMapping
from contextlib import contextmanager
from typing import Any

from studbook.accounts.models import User
from studbook.accounts.rights import Right, Standing, standing_of
from studbook.animals.models import Animal, Observation, last_of
from studbook.animals.models.timelines import PeriodT
from studbook.core.columns import Columns
from studbook.core.errors import StudbookError
from studbook.core.findings import LEVELS, Finding, refuse_findings
from studbook.core.models import AuditChange
from studbook.programmes.changes import Trail, changing
from studbook.programmes.models import Programme

Rules = Callable[[Programme, Collection[int]], list[Finding]]
Follower = Callable[[Programme, Trail], None]
# The marks of a record that no rule reads.
UNJUDGED = frozenset({"provisional", "version"})

_rules: list[Rules] = []
_rules_of_seen: list[Rules] = []
_followers: list[Follower] = []


class NotTheirsError(StudbookError):
    """The person may not do this to the animal; it is answered like an animal that is not there."""

    status = 404


class VoidRecordError(StudbookError):
    """The record was made void, or merged into another, while somebody had it open."""

    status = 409

    def __init__(self, animal: Animal) -> None:
        kept = animal.merged_into
        happened = f"was merged into {kept}" if kept else "was made void"
        remedy = (
            f"Do it on {kept}, if it is still to be done" if kept else "Its history tells by whom and why"
        )
        super().__init__(
            f"The record {animal} {happened} since you opened it, so nothing was saved. {remedy}."
        )


def ask_rules(rules: Rules, *, of_seen: Rules) -> None:
    """Let rules of a room above judge each deed: what they find among these animals. Called once, from `ready`.

    `of_seen` are those among them that read what is only seen; a deed of nothing else is judged by them alone.
    """
    _rules.append(rules)
    _rules_of_seen.append(of_seen)


def follow_deeds(follower: Follower) -> None:
    """Let a room above add to each deed, in its transaction, what follows from it. Called once, from `ready`."""
    _followers.append(follower)


@contextmanager
def keeping(
    programme: Programme,
    verb: str,
    *,
    by: User | None,
    right: Right | None,
    about: Iterable[Animal] = (),
    reason: str = "",
    acknowledged: Iterable[str] = (),
    alters_numbers: bool = True,
    only_seen: bool = False,
) -> Iterator[Trail]:
    """Change records of animals; `about` are those the deed is about, new ones come by themselves.

    A deed that writes nothing but what is `only_seen`, or confirms entries, is judged on the animals alone and not on their
    neighbourhood; one that is said to and writes more is an error.
    Without `right` the caller has asked for it under the lock in its own way. `by` is None for the system itself.
    Raises NotTheirsError, RuleError and UnacknowledgedError.
    """
    subjects = {animal.pk for animal in about}
    codes = tuple(acknowledged)
    with changing(
        programme, verb, by=by, reason=reason, alters_numbers=alters_numbers, acknowledged=codes
    ) as trail:
        standing = standing_of(by, programme.pk) if by else None
        if standing and right:
            refuse_foreign(standing, right, subjects)
        rules = _rules_of_seen if only_seen else _rules
        before = _findings(programme, subjects, rules)
        yield trail
        if only_seen:
            _refuse_more(trail)
        else:
            _follow(programme, trail)
        if standing and right:
            refuse_foreign(standing, right, trail.animals - trail.new_animals - subjects)
        after = _findings(programme, trail.animals | subjects, rules)
        refuse_findings(_brought_about(before, after), codes)


def animal_on_which(
    programme: Programme, standing: Standing, right: Right, arguments: MutableMapping[str, Any]
) -> Animal | None:
    """Return the animal that an address names by its number, where the person has the right on it."""
    number = arguments.pop("number")
    animal = programme.animals.select_related("programme").filter(studbook_number=number).first()
    if animal is None or right in standing:
        return animal
    _, holder, owner = places_of([animal.pk])[0]
    return animal if standing.may_on(right, holder=holder, owner=owner) else None


def locked(animal: Animal) -> Animal:
    """Read an animal anew: under the programme's lock nobody else can change it. Refuses a record that is void by now."""
    current: Animal = Animal.every.select_related("programme", "sire", "dam", "merged_into").get(pk=animal.pk)
    if current.status == Animal.Status.VOID:
        raise VoidRecordError(current)
    return current


def may_on(standing: Standing, right: Right, animal: Animal) -> bool:
    """Tell whether a person may do something to an animal; reads `holdings` and `ownerships`, best fetched before."""
    if right in standing:
        return True
    holder, owner = _last_place(animal.holdings.all()), _last_place(animal.ownerships.all())
    return standing.may_on(right, holder=holder, owner=owner)


def refuse_foreign(standing: Standing, right: Right, animals: Collection[int]) -> None:
    """Refuse a deed on animals of which one is neither held nor owned where the person has the right; three queries."""
    if not animals or right in standing:
        return
    for animal, holder, owner in places_of(animals):
        if not standing.may_on(right, holder=holder, owner=owner):
            raise NotTheirsError(
                f"No animal {animal.studbook_number} on which you may do this is in the book. Ask the zoo that holds it, "
                "or the coordinator."
            )


def places_of(animals: Collection[int]) -> list[tuple[Animal, int | None, int | None]]:
    """Return each animal with the keys of its holder and owner; those of one that has left are its last."""
    found = Animal.every.filter(pk__in=animals).prefetch_related("holdings", "ownerships")
    return [(each, _last_place(each.holdings.all()), _last_place(each.ownerships.all())) for each in found]


def _last_place(periods: Iterable[PeriodT]) -> int | None:
    # The zoo where an animal died keeps the right to correct its record.
    last = last_of(periods)
    return last.institution_id if last else None


def _findings(programme: Programme, animals: Collection[int], asked: Iterable[Rules]) -> list[Finding]:
    return [each for rules in asked for each in rules(programme, animals)] if animals else []


def _follow(programme: Programme, trail: Trail) -> None:
    for follower in _followers:
        follower(programme, trail)


def _refuse_more(trail: Trail) -> None:
    for change in trail.changes:
        if not (_is_unjudged(change.before, change.after) or _is_only_seen(change)):
            raise RuntimeError(
                f"{trail.entry.verb} was to write only what is seen, and wrote {change.record}."
            )


def _is_unjudged(before: Columns | None, after: Columns | None) -> bool:
    if before is None or after is None:
        return False
    return all(before[name] == after[name] for name in before if name not in UNJUDGED)


def _is_only_seen(change: AuditChange) -> bool:
    kinds = {each["kind"] for each in (change.before, change.after) if each and "kind" in each}
    return change.record == Observation._meta.label_lower and kinds <= Observation.ONLY_SEEN


def _brought_about(before: Iterable[Finding], after: Iterable[Finding]) -> list[Finding]:
    old, new = list(before), []
    for finding in after:
        if finding in old:
            old.remove(finding)
        else:
            new.append(finding)
    return [finding for finding in new if not _left_of(old, finding)]


def _left_of(old: list[Finding], finding: Finding) -> bool:
    # Of a finding about several animals a deed may settle a part, or make it less grave; what is left is not its doing.
    whole = next((each for each in old if _covers(each, finding)), None)
    if whole:
        old.remove(whole)
    return whole is not None


def _covers(old: Finding, new: Finding) -> bool:
    return (
        old.code == new.code
        and LEVELS.index(old.level) <= LEVELS.index(new.level)
        and set(new.animals) <= set(old.animals)
    )
