"""The pairs of an optimal plan as a table."""

from collections.abc import Iterator
from typing import Final

from studbook.core.downloads import Cell, Line, Table, neutral
from studbook.planning.optimal.results import Kept, Result

COLUMNS: Final = (
    "plan",
    "sire",
    "dam",
    "litters",
    "change_in_gd",
    "f_of_young",
    "mk_sire",
    "mk_dam",
    "rank",
    "chance_of_young",
    "place",
    "moves",
    "moves_from",
    "doses_in_store",
    "km",
    "gd_of_plan",
    "bound",
)


def pairs_table(result: Result) -> Table:
    """Return every pair of the plan, of the lists and of the coordinator's own a line, numbers in full."""
    return Table(COLUMNS, ([neutral(cell) for cell in line] for line in _lines(result)))


def _lines(result: Result) -> Iterator[Line]:
    own = [result.own.kept] if result.own else []
    for kept in (result.plan, result.ranked, result.dynamic, *own):
        for each in kept.pairs:
            told = each.told
            yield [
                kept.name,
                told["sire"],
                told["dam"],
                told["litters"],
                told["delta_gd"],
                told["f"],
                told["mk_sire"],
                told["mk_dam"],
                told["rank"],
                told["chance"],
                told["place_name"],
                told["mover"],
                told["from_name"] if told["mover"] else "",
                each.doses,
                told["km"],
                kept.gene_diversity,
                _bound(kept, result),
            ]


def _bound(kept: Kept, result: Result) -> Cell:
    return result.bound if kept is result.plan else None
