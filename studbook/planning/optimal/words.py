"""A question in words, a subject a line, as its page and the page of its answer tell it."""

from collections.abc import Iterable, Iterator

from studbook.core.templatetags.studbook import coefficient
from studbook.planning.optimal.question import BANK, MOVES, PairOfNumbers, Question
from studbook.population.models import Overlay

NO_LIMIT = "no limit"


def question_lines(question: Question, overlays: Iterable[Overlay]) -> list[tuple[str, str]]:
    """Return what is asked and within which limits; what sets no limit is left out, but for the usual ones."""
    return [(label, words) for label, words in _lines(question, overlays) if words]


def _lines(question: Question, overlays: Iterable[Overlay]) -> Iterator[tuple[str, str]]:
    at_most = " at most" if question.at_most else ""
    yield "Litters wanted", f"{question.litters}{at_most}, of {question.young} young each"
    yield "Aim", "expected gain: each pair by its chance of young" if question.use_chance else ""
    yield "Litters of a pair", f"{question.per_pair} at most"
    yield "Litters of a male", _most(question.per_male)
    yield "Litters of a female", _most(question.per_female)
    yield "Litters of single animals", ", ".join(f"{number}: {most}" for number, most in question.named)
    limit = question.inbreeding_limit
    yield "F of young", NO_LIMIT if limit is None else f"below {coefficient(limit)}"
    yield "Ages of males", _ages(question.male_first, question.male_last)
    yield "Ages of females", _ages(question.female_first, question.female_last)
    yield "Genome bank", BANK[question.bank] if question.bank else ""
    yield "Institutions", _places(question)
    yield "Lineage caps", "kept" if question.lineage_caps else "left out"
    yield "Who moves", MOVES[question.moves_to]
    yield "Transfers", "" if question.moves_most is None else f"{question.moves_most} at most"
    yield "Kilometres in all", "" if question.km_most is None else f"{question.km_most:,.0f} at most"
    yield "1,000 km must be worth", f"{question.price:g} of gene diversity" if question.price else ""
    yield "No exchange between", ", ".join(f"{one} and {other}" for one, other in question.barred_regions)
    yield "Pairs that must be", _pairs(question.required)
    yield "Pairs chosen already", "kept" if question.keep_chosen else ""
    yield "Pairs that must not be", _pairs(question.forbidden)
    yield "Overlays", ", ".join(str(overlay) for overlay in overlays)


def _most(number: int | None) -> str:
    return NO_LIMIT if number is None else f"{number} at most"


def _ages(first: float | None, last: float | None) -> str:
    if first is None and last is None:
        return "any"
    start = f"from {first:.1f} years" if first is not None else "any"
    return start if last is None else f"{start} to {last:g} years"


def _places(question: Question) -> str:
    kept = [
        words for words, on in (("spaces", question.spaces), ("breeding pairs", question.adult_pairs)) if on
    ]
    return f"{' and '.join(kept)} kept" if kept else "spaces and breeding pairs left out"


def _pairs(pairs: Iterable[PairOfNumbers]) -> str:
    return ", ".join(f"{sire} × {dam}" for sire, dam in pairs)
