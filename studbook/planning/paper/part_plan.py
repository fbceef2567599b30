"""What the plan recommends: the pairs in a table, the rows by institution, each pair explained."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from studbook.core.templatetags.studbook import NOTHING, age, change, coefficient, kilometres, percent
from studbook.planning.paper.blocks import (
    LEFT,
    RIGHT,
    SOFT,
    Beside,
    Block,
    Cell,
    Column,
    Facts,
    Items,
    Part,
    Section,
    Table,
    Text,
    row,
)
from studbook.planning.paper.plain import Plain
from studbook.planning.paper.written import number, paragraphs, placed, whole
from studbook.planning.plans.lines import LIVING, METHODS
from studbook.planning.plans.rows import COLUMNS
from studbook.planning.wording import priority_words, sentence

SHORT_METHODS = {"natural": "natural", "insemination": "AI", "banked": "AI, banked"}
PRIORITIES = {1: "high", 2: "normal", 3: "low"}
# How wide each column of an institution's rows is, and how many letters of one word fit.
WIDTHS = ("1.05cm", "1.45cm", "0.75cm", "1.15cm", "2.5cm", "2.2cm", "2.55cm", "2.1cm", "1fr")
LETTERS = (6, 9, 4, 6, 14, 11, 14, 12, 20)
BROKEN = ("With", "Notes")
MOST_TOGETHER = 12  # rows that are not parted from their institution
MOST_ANCESTORS = 5
NO_PAIR = "This plan recommends no pair."
NO_PAIR_HERE = "This plan recommends no pair with an animal of this institution."
NO_ROW = "This plan says nothing of an animal of any institution."
NOT_RANKED = "none: one of the two lives no more, or is outside the breeding ages"
NO_ANCESTOR = "No common ancestor is recorded: the young would not be inbred."


def pairs_section(inputs: Plain, figures: Plain, wanted: frozenset[int] | None = None) -> Section:
    """Return the summary recommendations; of some pairs only, under the numbers they have in the whole plan."""
    told = _told(inputs, figures, wanted)
    title = "Summary recommendations"
    if not told:
        return Section("pairs", title, (Text((NO_PAIR if wanted is None else NO_PAIR_HERE,)),))
    places = inputs["book"]["places"]
    table = Table(
        columns=(
            Column("No.", RIGHT, "0.75cm"),
            Column("Sire", width="1fr", letters=14),
            Column("Dam", width="1fr", letters=14),
            Column("Method", width="1.7cm"),
            Column("Litters", RIGHT, "1.1cm"),
            Column("Priority", LEFT, "1.3cm", unbroken=True),
            Column("Change in GD", RIGHT, "1.55cm"),
            Column("F of young", RIGHT, "1.3cm"),
            Column("MK sire", RIGHT, "1.3cm"),
            Column("MK dam", RIGHT, "1.3cm"),
            Column("Distance", RIGHT, "1.55cm"),
        ),
        rows=tuple(_pair_row(at, line, pair, inputs, places) for at, line, pair in told),
        title="Table 5. Pairs recommended",
        note="The most urgent first. Change in GD: what one young would add to gene diversity. F: inbreeding of the young. MK: mean "
        "kinship. AI: insemination. Reasons and explanations stand in appendix G.",
        sheet="Pairs",
        small=True,
        cards=True,
    )
    return Section("pairs", title, (table,), breaks=wanted is None)


def institutions_section(inputs: Plain, figures: Plain, only: int | None = None) -> Section:
    """Return the rows of each institution, or of one; a priority that is not the usual one comes before the notes."""
    urgent = {
        line["number"]: words
        for line in inputs["lines"]["animals"]
        if (words := priority_words(line.get("priority", 2))) and line["status"] == LIVING
    }
    parts = tuple(
        _institution(each, urgent) for each in figures["rows"] if only is None or each["key"] == only
    )
    title = "Recommendations by institution"
    if not parts:
        return Section("institutions", title, (Text((NO_ROW,)),))
    lead = (
        "HOLD: the animal stays. SEND TO and RECEIVE FROM: it moves, and stands under both institutions. BREED WITH, IF POSSIBLE, DO "
        "NOT BREED: what of breeding is recommended. SEE NOTES: the notes say it. Pair numbers are those of table 5. What is of high or low "
        "priority says so at the beginning of the notes."
    )
    return Section("institutions", title, (Text((lead,)),), parts, breaks=only is None)


def explained_section(inputs: Plain, figures: Plain, wanted: frozenset[int] | None = None) -> Section:
    """Return the pairs explained, one after the other."""
    told, total = _told(inputs, figures, wanted), figures["pairs"].get("total", 0)
    parts = tuple(_explained(at, line, pair, inputs, total) for at, line, pair in told)
    return Section("explained", "Appendix G. The pairs explained", (), parts, breaks=bool(parts))


def pairs_at(inputs: Plain, key: int) -> frozenset[int]:
    """Return the pairs that concern an institution: one of the two lives there, or comes there."""
    here = {
        each["number"]
        for each in inputs["lines"]["animals"]
        if key in (each["holder"], each["destination"], each["came_from"])
    }
    return frozenset(
        each["pair"] for each in inputs["lines"]["pairs"] if each["sire"] in here or each["dam"] in here
    )


def _told(inputs: Plain, figures: Plain, wanted: frozenset[int] | None) -> list[tuple[int, Plain, Plain]]:
    lines, rows = inputs["lines"]["pairs"], figures["pairs"]["rows"]
    return [
        (at, line, pair)
        for at, (line, pair) in enumerate(zip(lines, rows, strict=True), 1)
        if wanted is None or line["pair"] in wanted
    ]


def _pair_row(at: int, line: Plain, pair: Plain, inputs: Plain, places: Plain) -> Any:
    return row(
        Cell(f"{at}", at),
        _with_place(line["sire"], inputs, places),
        _with_place(line["dam"], inputs, places),
        SHORT_METHODS[line["method"]] + (", if possible" if line["if_possible"] else ""),
        whole(line["litters"]),
        PRIORITIES.get(line["priority"], f"{line['priority']}"),
        number(pair["delta_gd"], change),
        number(pair["f_offspring"]),
        number(pair["mk_sire"]),
        number(pair["mk_dam"]),
        Cell(_distance(pair), pair["distance_km"]),
    )


def _with_place(number: str, inputs: Plain, places: Plain) -> str:
    found = inputs["book"]["animals"].get(number, {})
    return f"{called(number, inputs)}, {placed(found.get('holder'), places)}"


def called(number: str, inputs: Plain) -> str:
    """Return what people call an animal."""
    found = inputs["book"]["animals"].get(number, {})
    return f"{number} {found.get('house_name', '')}".strip()


def _distance(pair: Plain) -> str:
    km = pair["distance_km"]
    return "same place" if km == 0 else kilometres(km)


def _institution(each: Plain, urgent: Mapping[str, str]) -> Part:
    table = Table(
        columns=tuple(
            Column(label, LEFT, width, letters, unbroken=label not in BROKEN)
            for label, width, letters in zip(COLUMNS, WIDTHS, LETTERS, strict=True)
        ),
        rows=tuple(row(*_told_first(cells, urgent), kind=_kind(cells)) for cells in each["rows"]),
        sheet="By institution",
        group=each["name"],
        small=True,
        cards=True,
    )
    blocks: list[Block] = [table]
    if each["note"].strip():
        blocks.insert(0, Text(paragraphs(each["note"])))
    return Part(
        each["name"],
        tuple(blocks),
        under=each["address"],
        key=f"institution-{each['key']}",
        whole=len(each["rows"]) <= MOST_TOGETHER,
    )


def _told_first(cells: Sequence[str], urgent: Mapping[str, str]) -> tuple[str, ...]:
    *others, notes = cells
    return (*others, " ".join(filter(None, (urgent.get(cells[0]), notes))))


def _kind(cells: Sequence[str]) -> str:
    return SOFT if cells[4] == NOTHING else ""


def _explained(at: int, line: Plain, pair: Plain, inputs: Plain, total: int) -> Part:
    blocks: list[Block] = [
        Text((sentence(line["reason"]), *_notes(line)), quoted=True),
    ]
    if line.get("caps_reason"):
        blocks.append(
            Text((f"Above a cap: {line['above_caps']}", f"All the same: {sentence(line['caps_reason'])}"))
        )
    if pair["why_not"]:
        blocks.append(Text((f"The pair has no numbers: {pair['why_not']}",)))
    if pair["sentences"]:
        blocks.append(Items(tuple(_new(pair["sentences"], line["reason"]))))
    facts = Facts(tuple(_facts(line, pair, inputs, total)))
    blocks.append(Beside(facts, _ancestors(pair)))
    title = f"{at}. ♂ {called(line['sire'], inputs)} × ♀ {called(line['dam'], inputs)}"
    return Part(title, tuple(blocks), key=f"pair-{line['pair']}", whole=True)


def _notes(line: Plain) -> tuple[str, ...]:
    return (sentence(line["notes"]),) if line["notes"].strip() else ()


def _new(sentences: Sequence[str], reason: str) -> Iterator[str]:
    """Yield the sentences that the coordinator did not take into the reason."""
    yield from (each for each in sentences if each and each not in reason)


def _facts(line: Plain, pair: Plain, inputs: Plain, total: int) -> Iterator[tuple[str, str]]:
    possible = ", if possible" if line["if_possible"] else ""
    yield "Method", METHODS[line["method"]] + possible
    yield "Litters, priority", f"{line['litters']}, {PRIORITIES.get(line['priority'], line['priority'])}"
    if pair["why_not"]:
        return
    yield "Rank", f"{pair['rank']:,} of {total:,} breedable pairs" if pair["rank"] else NOT_RANKED
    yield "Change in gene diversity", change(pair["delta_gd"])
    yield "Inbreeding of the young", coefficient(pair["f_offspring"])
    yield "Mean kinships", f"♂ {coefficient(pair['mk_sire'])}  ♀ {coefficient(pair['mk_dam'])}"
    yield "Their difference", coefficient(pair["mk_difference"])
    if pair["known"] is not None:
        yield "Ancestry known", percent(pair["known"])
    told = inputs["book"]["animals"]
    ages = [(sign, told.get(who, {}).get("age")) for sign, who in (("♂", line["sire"]), ("♀", line["dam"]))]
    yield "Ages", "  ".join(f"{sign} {age(years)}" for sign, years in ages)


def _ancestors(pair: Plain) -> Table | Text:
    shares = pair["ancestors"]
    if not shares:
        return Text((NO_ANCESTOR if not pair["why_not"] else "",))
    total = sum(each["share"] for each in shares)
    shares = _shortened(shares)
    return Table(
        columns=(Column("Common ancestor", width="1fr"), Column("Share of F", RIGHT), Column("Of it", RIGHT)),
        rows=tuple(
            row(each["name"], number(each["share"]), number(each["share"] / total, percent))
            for each in shares
        ),
        small=True,
    )


def _shortened(shares: Sequence[Plain]) -> list[Plain]:
    """Return the largest shares; the others add up in a last one, so that all of them make F."""
    first, rest = list(shares[:MOST_ANCESTORS]), shares[MOST_ANCESTORS:]
    return (
        [*first, {"name": "all others together", "share": sum(each["share"] for each in rest)}]
        if rest
        else first
    )
