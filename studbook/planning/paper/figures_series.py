"""The population through time, for the drawings of the printed plan."""

from typing import Any

from pedigree.history import genetic_history
from studbook.planning.paper.plain import Plain, columns_of
from studbook.planning.paper.remade import Remade, day_in, maybe_day
from studbook.population.genetics.history import days_of

CENSUS = ("captive_born", "wild_born", "unknown_origin", "holders", "breeding_holders")
MOVES = ("births", "deaths", "entries", "exits")
GENES = (
    "on", "living", "founders", "mean_kinship", "gene_diversity", "founder_genome_equivalents", "mean_inbreeding",
    "effective_ratio", "known", "known_gene_diversity",
)  # fmt: skip


def series_figures(book: Remade, told: Plain) -> dict[str, Any]:
    """Return a row for the end of each year, of the census and of the genes."""
    return {
        "census": [
            {
                "on": year.on,
                "total": year.census.total,
                **columns_of(year.census, "male", "female", "unknown"),
                **columns_of(year, *CENSUS),
                **{name: getattr(year, name).total for name in MOVES},
            }
            for year in book.vital.years
        ],
        "genes": _genes(book, told),
    }


def _genes(book: Remade, told: Plain) -> list[dict[str, Any]]:
    presence = {
        number: [(day_in(start), maybe_day(end)) for start, end in spans]
        for number, spans in told["presence"].items()
    }
    births = {number: day_in(on) for number, on in told["births"].items()}
    first = min((start for spans in presence.values() for start, _ in spans), default=None)
    rows = genetic_history(
        book.analysis.pedigree, presence, days_of(first, book.programme.as_of), births=births
    )
    return [columns_of(row, *GENES) for row in rows]
