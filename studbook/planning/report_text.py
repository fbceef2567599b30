"""The words of the report that no number changes: what each figure means, and what the reader must know."""

from datetime import date
from typing import Final, NamedTuple

from django.utils.dateformat import format as formatted

from studbook.core.dates import DAYS_IN_YEAR
from studbook.core.templatetags.studbook import coefficient
from studbook.programmes.models import Programme

NOT_SET: Final = "not set"
SYNTHETIC: Final = "Synthetic demonstration data: the animals and their records are invented."


class Fact(NamedTuple):
    """A label and what stands beside it."""

    label: str
    words: str


DEFINITIONS: Final = (
    Fact(
        "Kinship",
        "The probability that an allele drawn at random from one animal and one drawn from the other are copies of the same "
        "allele of a common ancestor. The kinship of an animal with itself is (1 + F)/2.",
    ),
    Fact(
        "Mean kinship (MK)",
        "The mean of an animal's kinships with all living animals of the programme, itself included. A low one marks a rare line.",
    ),
    Fact(
        "Gene diversity (GD)",
        "One minus the mean of the living animals' mean kinships: the share of the founders' gene diversity that is left.",
    ),
    Fact(
        "Founder genome equivalents (FGE)",
        "How many unrelated founders would hold this gene diversity: 1 / (2 × mean kinship).",
    ),
    Fact(
        "Inbreeding (F)",
        "The kinship of an animal's parents. For a pair it is that of their young. Its parts by common ancestor are sums over "
        "Wright's paths, and add up to it.",
    ),
    Fact(
        "Change in gene diversity",
        "Gene diversity with one young of the pair added to the living animals, less gene diversity now. Both parents stay in "
        "the population.",
    ),
    Fact(
        "Rank",
        "The place among all pairs of living animals within the breeding ages: the largest change in gene diversity first, then "
        "the lowest inbreeding of the young.",
    ),
    Fact(
        "Founders represented",
        "Ancestors without recorded parents of whom living animals carry genes, counting each unknown parent as a founder.",
    ),
    Fact(
        "Ancestry known",
        "The share of the genes that can be traced to recorded founders. In all numbers an unknown parent counts as an unrelated "
        "founder, unless a line says “within the known ancestry”, where unknown genes are left out.",
    ),
    Fact(
        "Age",
        "On the day the studbook is current to, from the middle of the birth date's interval: completed years, months under two "
        "years, days under one month.",
    ),
    Fact(
        "Distance",
        "The shortest way over the earth's surface between the two institutions, on a sphere of the earth's mean radius.",
    ),
    Fact(
        "Disposition",
        "HOLD: the animal stays where it is. TO AGREE: the two live at different places, and the institutions and the coordinator "
        "agree which of them moves; this report does not decide it.",
    ),
    Fact(
        "Breeding",
        "BREED WITH: the coordinator recommends the pair. SEE NOTES: the pair cannot be made any longer, for the reason in the notes.",
    ),
)

DISCLAIMER: Final = (
    (
        "The numbers come from the studbook as recorded at the revision named on each page. An error in a parent, a date or a sex "
        "changes them. Please report errors to the programme's coordinator."
    ),
    (
        "A recommendation weighs genetics, age and place. It does not replace the judgement of those who know the animals' health "
        "and behaviour, nor the permits and agreements that a transfer needs."
    ),
)


def assumptions(programme: Programme) -> tuple[Fact, ...]:
    """Return the settings of the programme that the numbers and marks rest on."""
    return (
        Fact(
            "Breeding ages of males",
            _ages(programme.male_first_breeding_days, programme.male_last_breeding_years),
        ),
        Fact(
            "Breeding ages of females",
            _ages(programme.female_first_breeding_days, programme.female_last_breeding_years),
        ),
        Fact("Inbreeding of the young must be below", coefficient(programme.offspring_inbreeding_limit)),
        Fact(
            "Population measured",
            "the animals recorded as living: not dead, not released, not lost to follow-up",
        ),
    )


def _ages(first_days: int | None, last_years: int | None) -> str:
    first = NOT_SET if first_days is None else f"{first_days / DAYS_IN_YEAR:.1f} years"
    last = NOT_SET if last_years is None else f"{last_years} years"
    return f"first {first}, last {last}"


def day_words(day: date) -> str:
    """Return a day as the pages write it."""
    return formatted(day, "j F Y")
