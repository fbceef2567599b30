"""Parents as people write them: a number, several with their shares, wild, or not known."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms

from studbook.animals.entry.litter import ParentTold
from studbook.animals.models import Animal, ParentKind
from studbook.core.findings import RuleError, rejected
from studbook.programmes.models import Programme

UNKNOWN_WORDS = {"", "unknown", "unk", "?", "not known"}
WILD_WORDS = {"wild"}
MOST_CANDIDATES = 12
PLACES = Decimal("1e-9")
HOW = "A number, several as “12, 15” or “12: 70 %, 15: 30 %”, or “unknown”."
HOW_OUTSIDE = HOW.replace(", or “unknown”", ", “wild” or “unknown”")


class ParentField(forms.CharField):
    """A parent of the programme's book in words; the form sets `programme`."""

    programme: Programme

    def __init__(self, *, role: str, how: str = HOW, **kwargs: Any) -> None:
        self.role = role
        super().__init__(max_length=300, required=False, help_text=how, **kwargs)

    def clean(self, value: Any) -> ParentTold:
        try:
            return parent_from_words(self.programme, self.role, super().clean(value))
        except RuleError as refusal:
            raise forms.ValidationError(refusal.sentence, code=refusal.findings[0].code) from refusal


class ParentChoice(forms.MultiWidget):
    """One tap for an animal that lives there; what is written beside it counts instead."""

    use_fieldset = True

    def __init__(self, role: str, animals: list[Animal]) -> None:
        choices = [*((each.studbook_number, str(each)) for each in animals), ("unknown", "not known")]
        self.numbers = {number for number, _ in choices}
        words = {"aria-label": f"Another {role}, or several", "placeholder": "another, or several"}
        described = {"aria-describedby": f"id_{role}_helptext"}
        super().__init__(
            {"of": forms.RadioSelect(choices=choices), "": forms.TextInput(attrs=words | described)}
        )

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        chosen, written = super().value_from_datadict(data, files, name)
        return str(written or "").strip() or str(chosen or "")

    def decompress(self, value: Any) -> list[str]:
        words = str(value or "")
        return [words, ""] if words in self.numbers else ["", words]


def parent_from_words(programme: Programme, role: str, words: str) -> ParentTold:
    """Return the parent that the words name; one query. Shares that are not said are equal."""
    words = " ".join(words.split())
    if words.lower() in UNKNOWN_WORDS:
        return ParentTold(ParentKind.UNKNOWN)
    if words.lower() in WILD_WORDS:
        return ParentTold(ParentKind.WILD)
    named = [_named(part.strip(), role) for part in re.split(r"[,;]", words) if part.strip()]
    if len(named) > MOST_CANDIDATES:
        sentence = f"{len(named)} animals are named as {role}, and at most {MOST_CANDIDATES} can be. Name the likeliest."
        raise rejected("B15", (), sentence, field=role)
    animals = _animals(programme, role, [number for number, _ in named])
    if len(named) == 1:
        return ParentTold(ParentKind.KNOWN, ((animals[named[0][0]], Decimal(1)),))
    shares = _shares(role, [share for _, share in named])
    pairs = zip([animals[number] for number, _ in named], shares, strict=True)
    return ParentTold(ParentKind.SEVERAL, tuple(pairs))


def _named(part: str, role: str) -> tuple[str, Decimal | None]:
    number, _, share = part.partition(":")
    if not share:
        return number.strip(), None
    text = share.strip().removesuffix("%").strip().replace(",", ".")
    try:
        amount = Decimal(text)
    except InvalidOperation:
        amount = Decimal(-1)
    if not amount.is_finite() or not 0 < amount <= 100:
        sentence = f"“{share.strip()}” is no share of the {role} {number.strip()}. Write 70 % or 0.7."
        raise rejected("B15", [number.strip()], sentence, field=role)
    return number.strip(), amount / 100 if "%" in share or amount > 1 else amount


def _animals(programme: Programme, role: str, numbers: list[str]) -> dict[str, Animal]:
    if len(set(numbers)) < len(numbers):
        twice = next(number for number in numbers if numbers.count(number) > 1)
        sentence = f"{twice} is named twice as {role}. Name each animal once, with its share."
        raise rejected("B15", [twice], sentence, field=role)
    found = {each.studbook_number: each for each in programme.animals.filter(studbook_number__in=numbers)}
    missing = [number for number in numbers if number not in found]
    if missing:
        sentence = (
            f"No animal {', '.join(missing)[:80]} is in the book of {programme}, so it cannot be the {role}. Correct the number, "
            "add that animal first, or write “unknown”."
        )
        raise rejected("B16", missing, sentence, field=role)
    return found


def _shares(role: str, shares: list[Decimal | None]) -> list[Decimal]:
    told = [share for share in shares if share is not None]
    if not told:
        each = (Decimal(1) / len(shares)).quantize(PLACES)
        return [Decimal(1) - each * (len(shares) - 1), *[each] * (len(shares) - 1)]
    if len(told) < len(shares) or sum(told) != 1:
        sentence = f"The shares of the possible {role}s add up to {sum(told) * 100:.4g} %. Give each one, 100 % together, or none."
        raise rejected("B15", (), sentence, field=role)
    return told
