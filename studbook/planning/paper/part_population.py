"""The population in drawings, the two tables, what came of former plans, the births wanted."""

from collections.abc import Iterator
from dataclasses import replace

from studbook.core.templatetags.studbook import NOTHING
from studbook.planning.paper.blocks import (
    RIGHT,
    Block,
    Cell,
    Column,
    Figure,
    Figures,
    Section,
    Table,
    Text,
    row,
)
from studbook.planning.paper.drawings import (
    census_figures,
    diversity_figures,
    founders_figure,
    outcomes_figure,
    pyramid_figure,
)
from studbook.planning.paper.former_rates import plan_words, rates_in
from studbook.planning.paper.part_tables import demography_table, genetics_table
from studbook.planning.paper.plain import Plain
from studbook.planning.paper.written import number, one, tenth_share, three, whole
from studbook.planning.wording import counted
from studbook.population.demography.goals.reckoning import HELD

NO_FORMER = "No plan of this programme was in force before this one, so there are no outcomes to tell."


def population_section(inputs: Plain, figures: Plain) -> Section:
    """Return the drawings, numbered, and the tables of demography and genetics."""
    blocks: list[Block] = [
        Figures(_numbered(_drawn(figures), 1)),
        demography_table(inputs, figures),
        genetics_table(inputs, figures),
    ]
    return Section("population", "The population", tuple(blocks), breaks=True)


def outcomes_section(inputs: Plain, figures: Plain) -> Section:
    """Return what came of former plans."""
    former = [each for each in inputs["former"] if rates_in(each)]
    if not former:
        return Section("outcomes", "Outcomes of former plans", (Text((NO_FORMER,)),))
    drawn, at = outcomes_figure(former), sum(each is not None for each in _drawn(figures)) + 1
    blocks: list[Block] = [Figures((replace(drawn, title=f"Figure {at}. {drawn.title}"),))] if drawn else []
    return Section("outcomes", "Outcomes of former plans", (*blocks, _outcomes(former)))


def births_section(figures: Plain) -> Section:
    """Return the births, and the females for them, that each aim needs."""
    goals = figures["goals"]
    if not goals["births"]:
        return Section("births", "Births wanted", (Text((goals["no_births"] or NOTHING,)),))
    return Section("births", "Births wanted", (_births(goals, figures["demography"]),))


def _numbered(drawn: list[Figure | None], first: int) -> tuple[Figure, ...]:
    shown = [each for each in drawn if each]
    return tuple(replace(each, title=f"Figure {at}. {each.title}") for at, each in enumerate(shown, first))


def _drawn(figures: Plain) -> list[Figure | None]:
    return [
        *census_figures(figures["series"]["census"]),
        pyramid_figure(figures["demography"].get("pyramid")),
        founders_figure(figures["genetics"]["founders"]["rows"]),
        *diversity_figures(figures["series"]["genes"], figures["goals"]),
    ]


def _outcomes(former: list[Plain]) -> Table:
    return Table(
        columns=(
            Column("Plan", width="1fr"),
            Column("Recommended"),
            *(
                Column(head, RIGHT)
                for head in ("Number", "Fulfilled", "Share", "Tried", "Not tried", "Replaced", "Open")
            ),
        ),
        rows=tuple(
            row(
                plan_words(plan["title"], each),
                each.label,
                whole(each.number),
                whole(each.fulfilled),
                number(each.share, tenth_share),
                *(whole(count) for count in (each.attempted, each.untried, each.replaced, each.open)),
            )
            for plan in former
            for each in rates_in(plan)
        ),
        title="Table 3. Outcomes of former plans",
        note="Fulfilled: a birth of the pair, or an arrival at the destination, while the plan was in force; from the book first, "
        "then from what people told. Number: those that had their chance, the fulfilled, the tried and the not tried; replaced and "
        "open ones stand apart. A plan still running shows its early successes first.",
        sheet="Outcomes",
    )


def _births(goals: Plain, demography: Plain) -> Table:
    return Table(
        columns=(
            Column("Aim", width="1fr"),
            Column("λ", RIGHT),
            Column("In years", RIGHT),
            Column("Animals then", RIGHT),
            Column("Births a year, mean", RIGHT),
            Column("Births, year by year", RIGHT),
            Column("Females to recommend", RIGHT),
        ),
        rows=tuple(
            row(
                _aim(each, goals),
                number(each["growth"], three),
                whole(each["years"]),
                number(each["sizes"][-1], _whole),
                number(each["mean"], one),
                Cell(_course(each["by_year"])),
                whole(each["females"]),
            )
            for each in goals["births"]
        ),
        title="Table 4. Births wanted",
        note=" ".join(_births_note(goals, demography)),
        sheet="Births wanted",
    )


def _births_note(goals: Plain, demography: Plain) -> Iterator[str]:
    litter = goals["assumed"]["litter"]
    yield (
        f"From the ages of now by the life tables. Females: so many that the births come, with {one(litter)} young in a litter, one "
        "litter a year, and one recommendation in five fulfilled."
    )
    if not demography["empty"]:
        year = demography["a_year"]
        yield f"For comparison, {one(year['births'])} were born in a mean year from {year['from']} to {year['to']}."
        if since := demography["births_since"]:
            yield f"{counted(since['total'], 'animal').capitalize()} were born since the last plan came into force."


def _aim(each: Plain, goals: Plain) -> str:
    if each["course"] == HELD:
        return f"Keep the size of {goals['size']:,}"
    return f"Reach the target of {goals['target']:,}"


def _course(births: list[float | None]) -> str:
    rounded = [_whole(each) for each in births] or [NOTHING]
    return rounded[0] if len(set(rounded)) == 1 else f"{rounded[0]} to {rounded[-1]}"


def _whole(value: float | None) -> str:
    return NOTHING if value is None else f"{value:,.0f}"
