"""What the report says of one chosen pair."""

from dataclasses import dataclass

from studbook.core.templatetags.studbook import age, change, coefficient, kilometres, percent
from studbook.planning.figures import explained
from studbook.planning.models import Recommendation
from studbook.planning.queries import ChosenPair
from studbook.planning.report_text import Fact, day_words
from studbook.planning.stays import NOWHERE
from studbook.population.breeders import Breeder, limits_of
from studbook.population.explanation import FIRST_ANCESTORS, AncestorRow, PairExplanation, explained_pair
from studbook.population.pairs import PairRow
from studbook.population.sentences import age_sentence, pair_sentences
from studbook.programmes.models import Programme

NOT_RANKED = "none: one of the two is outside the breeding ages"
OF_DONOR = "none: the sire is a banked donor"
MOVE_TO_AGREE = "Which of the two moves is to be agreed between the institutions and the coordinator."


@dataclass(frozen=True, slots=True)
class AnimalPart:
    """One of a pair, as a table cell names it."""

    number: str
    name: str
    age: str
    place: str


@dataclass(frozen=True, slots=True)
class PairPart:
    """A chosen pair: its row in the table of pairs and its half page."""

    number: str
    sire: AnimalPart
    dam: AnimalPart
    delta_gd: str
    f_offspring: str
    mk_sire: str
    mk_dam: str
    distance: str
    move: str
    reason: str
    sentences: tuple[str, ...]
    marks: tuple[str, ...]
    facts: tuple[Fact, ...]
    ancestors: tuple[tuple[str, str, str], ...]


def pair_part(number: int, chosen: ChosenPair) -> PairPart:
    """Return what the report says of a pair whose two are living; three queries."""
    figures = chosen.figures
    programme = figures.programme
    pair = explained_pair(figures.basis, chosen.sire, chosen.dam, ranked=figures.ranked)
    row = explained(pair)
    return PairPart(
        number=str(number),
        sire=_animal(row.sire),
        dam=_animal(row.dam),
        delta_gd=change(row.numbers.delta_gd),
        f_offspring=coefficient(row.numbers.f_offspring),
        mk_sire=coefficient(row.numbers.mk_sire),
        mk_dam=coefficient(row.numbers.mk_dam),
        distance=_distance(row),
        move="to agree" if chosen.is_to_agree else chosen.moves or "nobody",
        reason=chosen.recommendation.reason,
        sentences=_sentences(programme, pair, chosen),
        marks=(*chosen.news, *chosen.warnings, *chosen.above_caps),
        facts=_facts(chosen.recommendation, pair, row),
        ancestors=_ancestors(pair.ancestors),
    )


def _sentences(programme: Programme, pair: PairExplanation, chosen: ChosenPair) -> tuple[str, ...]:
    """Return what the numbers mean, without the sentences that the coordinator took into the reason."""
    sentences = [
        sentence
        for sentence in pair_sentences(programme, pair)
        if sentence not in chosen.recommendation.reason
    ]
    moves = MOVE_TO_AGREE if chosen.is_to_agree else chosen.moves and f"By the plan {chosen.moves}."
    return tuple((*sentences, moves) if moves else sentences)


def _animal(breeder: Breeder) -> AnimalPart:
    return AnimalPart(
        number=breeder.number,
        name=breeder.animal.house_name,
        age=age(breeder.age),
        place=str(breeder.holder or NOWHERE),
    )


def _distance(row: PairRow) -> str:
    return "same place" if row.same_place else kilometres(row.distance_km)


def _facts(chosen: Recommendation, pair: PairExplanation, row: PairRow) -> tuple[Fact, ...]:
    unranked = OF_DONOR if pair.stored else NOT_RANKED
    return (
        Fact("Rank", f"{pair.rank:,} of {pair.total:,} pairs" if pair.rank else unranked),
        Fact("Change in gene diversity", change(row.numbers.delta_gd)),
        Fact("Inbreeding of the young", coefficient(row.numbers.f_offspring)),
        Fact(
            "Mean kinships", f"sire {coefficient(row.numbers.mk_sire)}, dam {coefficient(row.numbers.mk_dam)}"
        ),
        Fact("Their difference", coefficient(row.numbers.mk_difference)),
        Fact("Population's mean", coefficient(pair.mean_kinship)),
        Fact("Ancestry known", percent(row.known)),
        Fact("Age of the sire", age_sentence(row.sire, limits_of(chosen.programme, "M"))),
        Fact("Age of the dam", age_sentence(row.dam, limits_of(chosen.programme, "F"))),
        Fact("Chosen", f"{day_words(chosen.made_at)}, at revision {chosen.revision}"),
    )


def _ancestors(rows: list[AncestorRow]) -> tuple[tuple[str, str, str], ...]:
    """Return name, share of F, and the same in per cent; the smallest shares stand together in a last row."""
    first, rest = rows[:FIRST_ANCESTORS], rows[FIRST_ANCESTORS:]
    shares = [(str(each.animal), each.share, each.part) for each in first]
    if rest:
        together = sum(each.share for each in rest), sum(each.part for each in rest)
        shares.append((f"{len(rest)} others together", *together))
    return tuple((name, coefficient(share), percent(part)) for name, share, part in shares)
