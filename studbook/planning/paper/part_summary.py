"""The executive summary: sentences that the numbers give, and what the coordinator writes."""

from collections.abc import Iterator

from studbook.core.templatetags.studbook import change, coefficient, decimals, percent
from studbook.planning.paper.blocks import Block, Facts, Section, Text
from studbook.planning.paper.plain import Plain
from studbook.planning.paper.written import census, day, one, paragraphs, share
from studbook.planning.plans.lines import NATURAL
from studbook.planning.wording import counted
from studbook.population.demography.goals.reckoning import HELD

NOBODY = "No animal is recorded as living, so there is no population to measure."


def summary_section(inputs: Plain, figures: Plain) -> Section:
    """Return the section, its numbers first."""
    plan = inputs["plan"]
    blocks: list[Block] = [
        Facts(tuple(_key_figures(inputs, figures)), large=True),
        Text(tuple(sentences(inputs, figures))),
    ]
    if plan["summary"].strip():
        blocks.append(Text(paragraphs(plan["summary"]), quoted=True))
    return Section("summary", "Executive summary", tuple(blocks))


def sentences(inputs: Plain, figures: Plain) -> Iterator[str]:
    """Yield the paragraphs of the summary."""
    yield " ".join(_recommended(inputs))
    yield " ".join(_population(inputs, figures))
    if figures["genetics"]["current"]:
        yield " ".join(_genetics(figures))
    yield " ".join(_births(figures))


def _key_figures(inputs: Plain, figures: Plain) -> Iterator[tuple[str, str]]:
    genetics, lines = figures["genetics"], inputs["lines"]
    current = genetics["current"]
    yield "Animals measured", census(genetics["census"]["measured"])
    if current:
        yield "Gene diversity", share(current["gene_diversity"])
        yield "Mean kinship", coefficient(current["mean_kinship"])
        yield "Founder genome equivalents", decimals(current["founder_genome_equivalents"])
    yield "Pairs recommended", f"{len(lines['pairs']):,}"
    yield "Females recommended", f"{len(_females(lines)):,}"
    yield "Transfers", f"{len(_sent(lines)):,}"
    yield "Institutions concerned", f"{len(figures['rows']):,}"


def _recommended(inputs: Plain) -> Iterator[str]:
    lines, plan = inputs["lines"], inputs["plan"]
    pairs, sent = lines["pairs"], _sent(lines)
    span = f"from {day(plan['starts_on'])} to {day(plan['ends_on'])}"
    if not pairs:
        yield f"This plan recommends no pair {span}."
    else:
        litters = sum(each["litters"] for each in pairs)
        places = {_holder(lines, number) for number in _females(lines)}
        yield (
            f"This plan recommends {counted(len(pairs), 'pair')} with {counted(litters, 'litter')} {span}: "
            f"{counted(len(_females(lines)), 'female')} at {counted(len(places), 'institution')}."
        )
        maybe = [each for each in pairs if each["if_possible"]]
        if maybe:
            yield f"Of these, {counted(len(maybe), 'pair')} should breed if possible."
        if above := [each for each in pairs if each.get("caps_reason")]:
            yield f"{counted(len(above), 'pair').capitalize()} should breed though one of the two is above the cap of a lineage."
        by_hand = [each for each in pairs if each["method"] != NATURAL]
        if by_hand:
            yield f"{counted(len(by_hand), 'pair').capitalize()} should breed by insemination."
    yield f"{counted(len(sent), 'animal').capitalize()} {'is' if len(sent) == 1 else 'are'} to move."
    if plan["litters_wanted"]:
        yield f"The plan aims at {counted(plan['litters_wanted'], 'litter')}."


def _population(inputs: Plain, figures: Plain) -> Iterator[str]:
    book, counts = inputs["book"], figures["genetics"]["census"]
    yield (
        f"On {day(book['programme']['as_of'])} the studbook records {census(counts['recorded'])} living animals."
    )
    left = counts["recorded"]["total"] - counts["measured"]["total"]
    if left:
        yield f"{counted(left, 'animal').capitalize()} {'is' if left == 1 else 'are'} excluded, for the reasons in appendix B."
    demography = figures["demography"]
    if not demography["empty"]:
        yield f"They live at {counted(demography['holders'], 'facility', 'facilities')}."
        year = demography["a_year"]
        span = f"{year['from']} to {year['to']}" if year["from"] != year["to"] else f"{year['from']}"
        yield (
            f"In a mean year of {span} there were {one(year['births'])} births, {one(year['deaths'])} deaths, "
            f"{one(year['entries'])} imports and {one(year['exits'])} exports."
        )
        if since := demography["births_since"]:
            yield f"Since the last plan came into force on {day(since['since'])}, {census(since)} were born."
    unconfirmed = book["unconfirmed"]
    if count := len(unconfirmed["arrived"]) + len(unconfirmed["left"]):
        yield f"{counted(count, 'animal').capitalize()} count as living, or do not, by entries that nobody has confirmed yet."


def _genetics(figures: Plain) -> Iterator[str]:
    genetics, goals = figures["genetics"], figures["goals"]
    current, potential = genetics["current"], genetics["potential"]
    yield (
        f"They hold {share(current['gene_diversity'])} of the gene diversity of the source population, as much as "
        f"{decimals(current['founder_genome_equivalents'])} unrelated founders would, from {counted(current['founders'], 'founder')}."
    )
    if potential:
        yield f"At most they could hold {share(potential['gene_diversity'])}."
    yield _goal(goals)
    before, after = figures["pairs"].get("before"), figures["pairs"]["after"]
    if before and after:
        moved = after["gene_diversity"] - before["gene_diversity"]
        yield (
            f"If each recommended litter brought one young, gene diversity would be {share(after['gene_diversity'])} "
            f"({change(moved)}) and the founder genome equivalents {decimals(after['founder_genome_equivalents'])}."
        )


def _goal(goals: Plain) -> str:
    goal, projected = percent(goals["goal"], 0), goals["projected"]
    if projected is None:
        return f"The goal is {goal}."
    years, end = projected["years_to_goal"], share(projected["at_the_end"])
    ahead = f"in {goals['years']} years, the size held, {end} would be left"
    if years == 0:
        return f"What they hold is at or below the goal of {goal}; {ahead}."
    if years is None:
        return f"The goal of {goal} is kept for more than a thousand years if the size is held."
    return f"The goal of {goal} would be kept for {counted(years, 'year')}; {ahead}."


def _births(figures: Plain) -> Iterator[str]:
    goals = figures["goals"]
    for each in goals["births"]:
        if each["course"] == HELD:
            yield (
                f"To hold the size, {one(each['mean'])} births a year are needed over the next {each['years']} years"
                + (
                    f", for which {counted(each['females'], 'female')} should be recommended"
                    if each["females"]
                    else ""
                )
                + "."
            )
        else:
            yield (
                f"To reach the target of {goals['target']:,} in {each['years']} years, {one(each['mean'])} births a year are needed."
            )
    if not goals["births"] and goals["no_births"]:
        yield f"How many births are needed cannot be told: {goals['no_births']}"


def _females(lines: Plain) -> set[str]:
    return {each["dam"] for each in lines["pairs"]}


def _sent(lines: Plain) -> list[Plain]:
    return [each for each in lines["animals"] if each["disposition"] == "send"]


def _holder(lines: Plain, number: str) -> int | None:
    return next((each["holder"] for each in lines["animals"] if each["number"] == number), None)
