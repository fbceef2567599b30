"""What no book can hold: each rule refuses a set of drafts with the animal, the fact and the remedy."""

import re
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from decimal import Decimal
from typing import Any

from studbook.animals.drafts import AnimalDraft, ParentDraft
from studbook.animals.models import Animal, Event, Identifier, ParentKind
from studbook.core.findings import REJECT, Finding, refuse_findings
from studbook.core.lines import seen, unfit_in

TOLERANCE = Decimal("1e-9")
SHOWN = 10
PLAIN_NUMBER = re.compile(r"T?[1-9][0-9]*")


def refuse_impossible(
    drafts: Sequence[AnimalDraft], taken: Container[str], *, historical: bool = False
) -> None:
    """Apply every rule; `taken` holds the studbook numbers already in the book.

    A `historical` book keeps its numbers even where a new animal would be given none of that form.
    """
    refuse_findings(_faults(drafts, taken, historical=historical), ())


def _faults(drafts: Sequence[AnimalDraft], taken: Container[str], *, historical: bool) -> Iterator[Finding]:
    yield from _taken_numbers(drafts, taken)
    yield from _missing_parents(drafts, taken)
    yield from _shared_transponders(drafts)
    for draft in drafts:
        yield from _wrong_parent(draft, "sire", draft.sire)
        yield from _wrong_parent(draft, "dam", draft.dam)
        yield from _second_birth_or_death(draft)
        yield from _death_before_birth(draft)
        yield from _mark_twice(draft)
        yield from _wrong_texts(draft)
        yield from _wrong_number(draft.studbook_number, historical=historical)


def _taken_numbers(drafts: Sequence[AnimalDraft], taken: Container[str]) -> Iterator[Finding]:
    counts = Counter(draft.studbook_number for draft in drafts)
    again = [number for number, count in counts.items() if count > 1 or number in taken]
    if again:
        sentence = (
            f"{_listed('Studbook number', again)} would be given twice. A number belongs to one animal for ever: "
            "give the other animal its own number, or leave it out if it is the same one."
        )
        yield Finding("A1", REJECT, tuple(again), sentence, "studbook_number")


def _missing_parents(drafts: Sequence[AnimalDraft], taken: Container[str]) -> Iterator[Finding]:
    new = {draft.studbook_number for draft in drafts}
    missing = {
        f"{parent} (parent of {draft.studbook_number})": draft.studbook_number
        for draft in drafts
        for parent in draft.parent_numbers
        if parent not in new and parent not in taken
    }
    if missing:
        sentence = f"{_listed('Animal', list(missing))} is not in this book. Add the parent first, or say that it is wild or unknown."
        yield Finding("B16", REJECT, tuple(missing.values()), sentence)


def _wrong_parent(draft: AnimalDraft, role: str, parent: ParentDraft) -> Iterator[Finding]:
    fact = _fault_of(parent)
    if fact:
        sentence = f"The {role} of {draft.studbook_number} {fact}."
        yield Finding("B15", REJECT, (draft.studbook_number,), sentence, role)


def _fault_of(parent: ParentDraft) -> str:
    if (parent.kind == ParentKind.KNOWN) != bool(parent.studbook_number):
        return "must be named if it is known, and only then"
    if parent.candidates and parent.kind != ParentKind.SEVERAL:
        return "has several candidates but is not said to be one of several"
    numbers = [number for number, _ in parent.candidates]
    if twice := next((number for number in numbers if numbers.count(number) > 1), ""):
        return f"has the candidate {twice} twice; name each once, with the sum of its probabilities"
    shares = [share for _, share in parent.candidates]
    if any(not 0 < share <= 1 for share in shares):
        return "has a candidate with a probability outside 0 to 1; correct it"
    if shares and abs(sum(shares, Decimal(0)) - 1) > TOLERANCE:
        return f"has candidates whose probabilities add up to {sum(shares)}; make them add up to 1"
    return ""


def _second_birth_or_death(draft: AnimalDraft) -> Iterator[Finding]:
    counts = Counter(event.kind for event in draft.events)
    for kind in (Event.Kind.BIRTH, Event.Kind.DEATH):
        if counts[kind] > 1:
            sentence = (
                f"Animal {draft.studbook_number} has {counts[kind]} events of {kind}. Keep the true one, or record "
                "the other under a studbook number of its own."
            )
            yield Finding("C2", REJECT, (draft.studbook_number,), sentence)


def _shared_transponders(drafts: Sequence[AnimalDraft]) -> Iterator[Finding]:
    values = [(each.kind, each.value) for draft in drafts for each in draft.identifiers if each.active]
    worn = Counter(value for kind, value in values if kind == Identifier.Kind.TRANSPONDER)
    held = Identifier.objects.filter(kind=Identifier.Kind.TRANSPONDER, active=True)
    shared = {value for value, count in worn.items() if count > 1}
    shared |= {value for value in held.values_list("value", flat=True) if value in worn} if worn else set()
    if shared:
        sentence = (
            f"{_listed('Transponder', sorted(shared))} would be in two animals at once. Read the two animals again, "
            "or record one of the two as a former transponder."
        )
        yield Finding("A5", REJECT, (), sentence)


def _death_before_birth(draft: AnimalDraft) -> Iterator[Finding]:
    deaths = [draft.death, *(event.date for event in draft.events if event.kind == Event.Kind.DEATH)]
    for death in deaths:
        if death and draft.birth and death.latest < draft.birth.earliest:
            sentence = (
                f"Animal {draft.studbook_number} would die {death}, before its birth {draft.birth}. "
                "Correct one of the two dates."
            )
            yield Finding("C4", REJECT, (draft.studbook_number,), sentence, "death")


def _mark_twice(draft: AnimalDraft) -> Iterator[Finding]:
    counts = Counter((each.kind, each.value) for each in draft.identifiers)
    for (kind, value), count in counts.items():
        if count > 1:
            sentence = f"Animal {draft.studbook_number} has the {kind} {value} twice. Keep one of the two."
            yield Finding("A5", REJECT, (draft.studbook_number,), sentence)


def _wrong_texts(draft: AnimalDraft) -> Iterator[Finding]:
    for field, text in _texts(draft):
        limit = field.max_length
        if (limit and (len(text) > limit or unfit_in(text))) or "\x00" in text:
            sentence = (
                f"The {field.verbose_name} of animal {draft.studbook_number} is longer than {limit} characters or holds "
                f"one that no text can hold: “{seen(text[:SHOWN])}…”. Shorten or correct it."
            )
            yield Finding("C16", REJECT, (draft.studbook_number,), sentence, field.name)


def refuse_new_number(number: str) -> None:
    """Refuse a number that no animal is given nowadays: digits without a leading zero, a T before a temporary one."""
    refuse_findings(_wrong_number(number, historical=False), ())


def _wrong_number(number: str, *, historical: bool) -> Iterator[Finding]:
    # A browser reads "." and ".." in an address as folders, and characters that cannot be seen make two numbers look alike.
    if not number.isprintable() or set(number) & {" ", "/"} or number in ("", ".", ".."):
        fault = (
            "cannot be a studbook number: it must have characters that can be seen, not dots alone, "
            "and neither a space nor a slash"
        )
    elif not historical and not is_plain_number(number):
        fault = (
            "cannot be the number of a new animal: a studbook number is written in the digits 0 to 9, "
            "without a leading zero, and a temporary one with a T before them"
        )
    else:
        return
    sentence = f"“{seen(number)}” {fault}. Correct the number."
    yield Finding("A2", REJECT, (number,), sentence, "studbook_number")


def is_plain_number(number: str) -> bool:
    return PLAIN_NUMBER.fullmatch(number) is not None


def _texts(draft: AnimalDraft) -> Iterator[tuple[Any, str]]:
    for name in ("studbook_number", "house_name", "note"):
        yield Animal._meta.get_field(name), getattr(draft, name)
    for event in draft.events:
        for name in ("local_id", "cause", "note", "raw_code"):
            yield Event._meta.get_field(name), getattr(event, name)
    for identifier in draft.identifiers:
        yield Identifier._meta.get_field("value"), identifier.value


def _listed(noun: str, names: Sequence[str]) -> str:
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return f"{noun} {', '.join(names[:SHOWN])}{more}"
