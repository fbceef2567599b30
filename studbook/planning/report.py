"""The recommendation report as plain words and figures; `pdf.py` sets it on paper.

Every number is formatted here by the filters that the pages use, so that paper and page read alike.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

from studbook.accounts.models import User
from studbook.institutions.models import Institution
from studbook.planning.figures import figures_of
from studbook.planning.queries import ChosenPair, by_institution, chosen_pairs
from studbook.planning.report_institutions import InstitutionPart, institution_part
from studbook.planning.report_pairs import PairPart, pair_part
from studbook.planning.report_population import population_facts, summary
from studbook.planning.report_text import DEFINITIONS, DISCLAIMER, SYNTHETIC, Fact, assumptions, day_words
from studbook.programmes.models import Programme

Numbered = tuple[tuple[int | None, ChosenPair], ...]


@dataclass(frozen=True, slots=True)
class Report:
    """Everything the report says, in order."""

    title: str
    programme: str
    taxon: str
    synthetic: str
    current_to: str
    revision: str
    excerpt: str
    head: tuple[Fact, ...]
    summary: str
    figures: tuple[Fact, ...]
    pairs: tuple[PairPart, ...]
    undone: tuple[tuple[str, str], ...]
    institutions: tuple[InstitutionPart, ...]
    assumptions: tuple[Fact, ...]
    definitions: tuple[Fact, ...]
    disclaimer: tuple[str, ...]
    day: str


def report_of(programme: Programme, *, institution: Institution | None = None, by: User | None) -> Report:
    """Return a programme's report, or the part of it that concerns one institution."""
    figures = figures_of(programme)
    numbered = _numbered(chosen_pairs(figures), institution)
    pairs = tuple(pair_part(number, pair) for number, pair in numbered if number)
    return Report(
        title="Breeding recommendations",
        programme=programme.name,
        taxon=f"{programme.common_name} ({programme.taxon})",
        synthetic=SYNTHETIC if programme.synthetic else "",
        current_to=day_words(programme.as_of),
        revision=str(programme.revision),
        excerpt=f"Excerpt for {institution}" if institution else "",
        head=_head(programme, institution, by),
        summary=summary(figures, len(pairs), institution),
        figures=population_facts(figures),
        pairs=pairs,
        undone=tuple((str(each.recommendation), " ".join(each.news)) for _, each in numbered if not each.now),
        institutions=_institutions(numbered, institution),
        assumptions=assumptions(programme),
        definitions=DEFINITIONS,
        disclaimer=DISCLAIMER,
        day=programme.as_of.isoformat(),
    )


def _numbered(pairs: tuple[ChosenPair, ...], institution: Institution | None) -> Numbered:
    """Number the whole plan's pairs before an excerpt takes some, so that both speak of the same pair 7."""
    # Pairs without numbers come last, so those before them count through.
    numbered = ((number if pair.now else None, pair) for number, pair in enumerate(pairs, start=1))
    return tuple(each for each in numbered if institution is None or institution in each[1].places)


def _institutions(numbered: Numbered, institution: Institution | None) -> tuple[InstitutionPart, ...]:
    numbers = {pair.recommendation.pk: number for number, pair in numbered if number}
    return tuple(
        institution_part(each, numbers)
        for each in by_institution(pair for _, pair in numbered)
        if institution is None or each.institution == institution
    )


def _head(programme: Programme, institution: Institution | None, by: User | None) -> tuple[Fact, ...]:
    return (
        Fact("Programme", programme.name),
        Fact("Species", f"{programme.common_name} ({programme.taxon})"),
        *([Fact("Institution", f"{institution} ({institution.mnemonic})")] if institution else []),
        Fact("Studbook current to", day_words(programme.as_of)),
        Fact("Studbook revision", str(programme.revision)),
        Fact("Made by", author(programme, by)),
        Fact("Software", f"Studbook {software_version()}"),
    )


def author(programme: Programme, by: User | None) -> str:
    """Return who made the report: the account's name, or the role where the account names nobody."""
    if by is None:
        return "the system"
    role = programme.roles.filter(user=by).order_by("role").first()
    place = by.institution_roles.filter(institution__participations__programme=programme).first()
    words = (
        f"the programme's {role.role}" if role else f"a {place.role} at {place.institution}" if place else ""
    )
    words = words or "an administrator of the studbook"
    return f"{by.get_full_name()}, {words}" if by.get_full_name() else words


@cache
def software_version() -> str:
    text = (Path(settings.BASE_DIR) / "pyproject.toml").read_text(encoding="utf-8")
    return str(tomllib.loads(text)["project"]["version"])
