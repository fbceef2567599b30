"""The candidates of a site as a table: the group chosen, the swaps, the others, and who is none and why."""

from collections.abc import Iterator

from studbook.core.downloads import Cell, Line, Table, neutral
from studbook.population.releases import Releasable, ReleaseAnswer

COLUMNS = (
    *(
        "list",
        "studbook_number",
        "house_name",
        "sex",
        "age_years",
        "holder",
        "mean_kinship",
        "inbreeding",
        "known",
    ),
    *("instead_of", "captive_gd_lost", "gd_of_group", "cost_of_swap", "why_not"),
)
CHOSEN, SWAP, CANDIDATE, NO_CANDIDATE = "chosen", "swap", "candidate", "no candidate"


def candidates_table(answer: ReleaseAnswer) -> Table:
    """Return every living animal a line, and every swap; numbers in full, a share for each capped lineage."""
    shares = tuple(f"share_of_{lineage.name}" for lineage in answer.lineages)
    return Table(
        (*COLUMNS, *map(str, map(neutral, shares))),
        ([neutral(cell) for cell in line] for line in _lines(answer)),
    )


def _lines(answer: ReleaseAnswer) -> Iterator[Line]:
    choice, chosen = answer.choice, {each.animal.pk for each in answer.chosen}
    figures: list[Cell] = (
        ["", choice.loss, choice.group_gd, None, ""] if choice else ["", None, None, None, ""]
    )
    for each in answer.chosen:
        yield [CHOSEN, *_told(each), *figures, *each.shares]
    for swap in answer.swaps:
        number = swap.out.animal.studbook_number
        yield [SWAP, *_told(swap.put), number, swap.loss, swap.group_gd, swap.cost, "", *swap.put.shares]
    for each in answer.candidates:
        if each.animal.pk not in chosen:
            yield [CANDIDATE, *_told(each), "", None, None, None, "", *each.shares]
    for left in answer.left_out:
        who = [
            left.animal.studbook_number,
            left.animal.house_name,
            left.animal.sex,
            None,
            "",
            None,
            None,
            None,
        ]
        yield [NO_CANDIDATE, *who, "", None, None, None, left.reason, *(None for _ in answer.lineages)]


def _told(each: Releasable) -> list[Cell]:
    animal, age = each.animal, None if each.age is None else round(each.age, 2)
    holder = each.holder.name if each.holder else ""
    who: list[Cell] = [animal.studbook_number, animal.house_name, each.sex, age, holder]
    return [*who, each.mean_kinship, each.inbreeding, each.known]
