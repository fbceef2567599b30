"""Parents as people write them: a number, several with their shares, wild, or not known."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms

from studbook.animals.models import Animal, ParentKind
from studbook.core.findings import RuleError, rejected
from studbook.programmes.models import Programme

UNKNOWN_WORDS = {"", "unknown", "unk", "?", "not known"}
WILD_WORDS = {"wild"}
MOST_CANDIDATES = 20
PLACES = Decimal("1e-9")
SHOWN = 80
HOW = "A number, several as “12, 15” or “12: 70 %, 15: 30 %”, or “unknown”."
HOW_OUTSIDE = HOW.replace(", or “unknown”", ", “wild” or “unknown”")


@dataclass(frozen=True, slots=True)
class ParentChoice:
    """What is said of one parent; shares add to one, and only several animals have them."""

    kind: str = ParentKind.UNKNOWN
    animals: tuple[Animal, ...] = ()
    shares: tuple[Decimal, ...] = ()

    @property
    def animal(self) -> Animal | None:
        return self.animals[0] if self.kind == ParentKind.KNOWN else None

    @property
    def candidates(self) -> tuple[tuple[Animal, Decimal], ...]:
        several = self.kind == ParentKind.SEVERAL
        return tuple(zip(self.animals, self.shares, strict=True)) if several else ()


class ParentField(forms.CharField):
    """A parent of the programme's book in words; the form sets `programme`."""

    programme: Programme

    def __init__(self, *, role: str, how: str = HOW, required: bool = False, **kwargs: Any) -> None:
        self.role = role
        super().__init__(max_length=400, required=required, help_text=how, **kwargs)

    def clean(self, value: Any) -> ParentChoice:
        try:
            return parent_from_words(self.programme, self.role, super().clean(value))
        except RuleError as refusal:
            raise forms.ValidationError(refusal.sentence, code=refusal.findings[0].code) from refusal


class ParentTaps(forms.MultiWidget):
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


def parent_from_words(programme: Programme, role: str, words: str) -> ParentChoice:
    """Return the parent that the words name; one query. Shares that are not said are equal."""
    whole = " ".join(words.split())
    if whole.lower() in UNKNOWN_WORDS:
        return ParentChoice(ParentKind.UNKNOWN)
    if whole.lower() in WILD_WORDS:
        return ParentChoice(ParentKind.WILD)
    named = [_named(part) for part in re.split(r"[,;\n]", words) if part.strip(" \t\r:")]
    if not named or len(named) > MOST_CANDIDATES:
        sentence = (
            f"“{whole[:SHOWN]}” names {len(named) or 'no'} animals as {role}, and 1 to {MOST_CANDIDATES} can be. Name the "
            "likeliest by their studbook numbers."
        )
        raise rejected("B15", (), sentence, field=role)
    if len(named) == 1:
        _refuse_share_alone(role, *named[0])
    shares = _shares(role, named) if len(named) > 1 else ()
    animals = _animals(programme, role, [number for number, _ in named])
    return ParentChoice(ParentKind.SEVERAL if shares else ParentKind.KNOWN, animals, shares)


def _named(part: str) -> tuple[str, str]:
    number, *share = part.replace(":", " ", 1).split(maxsplit=1)
    return number, share[0].strip() if share else ""


def _animals(programme: Programme, role: str, numbers: list[str]) -> tuple[Animal, ...]:
    if len(set(numbers)) < len(numbers):
        twice = next(number for number in numbers if numbers.count(number) > 1)
        sentence = f"{twice} is named twice as {role}. Name each animal once, with its share."
        raise rejected("B15", [twice], sentence, field=role)
    found = {each.studbook_number: each for each in programme.animals.filter(studbook_number__in=numbers)}
    missing = [number for number in numbers if number not in found]
    if missing:
        sentence = (
            f"No animal {', '.join(missing)[:SHOWN]} is in the book of {programme}, so it cannot be the {role}. Correct the "
            "number, add that animal first, or write “unknown”."
        )
        raise rejected("B16", missing, sentence, field=role)
    return tuple(found[number] for number in numbers)


def _refuse_share_alone(role: str, number: str, share: str) -> None:
    if share and _amount(role, number, share, in_percent="%" in share) != 1:
        sentence = (
            f"“{number}: {share}” names one {role} and a share of it alone. Name the other possible ones too, or leave the "
            "share out."
        )
        raise rejected("B15", [number], sentence, field=role)


def _shares(role: str, named: list[tuple[str, str]]) -> tuple[Decimal, ...]:
    told = [(number, share) for number, share in named if share]
    if told:
        # 60 and 40 are percent, and so is the 0.5 beside a 99.5.
        in_percent = any("%" in share or _amount(role, number, share) > 1 for number, share in told)
        given = [_amount(role, number, share, in_percent=in_percent) for number, share in told]
    else:
        given = [Decimal(1) / len(named)] * len(named)
    if len(given) < len(named) or abs(sum(given, Decimal(-1))) > PLACES:
        sentence = (
            f"The shares of the possible {role}s add up to {float(sum(given) * 100):.10g} %. Give each one, 100 % together, or "
            "none."
        )
        raise rejected("B15", (), sentence, field=role)
    shares = [each.quantize(PLACES) for each in given]
    # What rounding leaves over goes to the last, so that the shares add to one exactly.
    return (*shares[:-1], 1 - sum(shares[:-1], Decimal(0)))


def _amount(role: str, number: str, share: str, *, in_percent: bool = False) -> Decimal:
    try:
        amount: Decimal = Decimal(share.removesuffix("%").strip())
    except InvalidOperation:
        amount = Decimal(-1)
    if not amount.is_finite() or not 0 < amount <= 100:
        sentence = f"“{share[:SHOWN]}” is no share of the {role} {number[:SHOWN]}. Write 70 % or 0.7."
        raise rejected("B15", [number], sentence, field=role)
    return amount / 100 if in_percent else amount
