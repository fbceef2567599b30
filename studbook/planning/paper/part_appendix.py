"""The appendices: assumptions, exclusions, the record of the data, life tables, mean kinships, founders."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from studbook.core.templatetags.studbook import NOTHING, coefficient, percent
from studbook.planning.paper.blocks import (
    LEFT,
    MARK,
    RIGHT,
    Block,
    Cell,
    Column,
    Facts,
    Figures,
    Items,
    Part,
    Row,
    Section,
    Table,
    Text,
    row,
)
from studbook.planning.paper.drawings import rate_figures
from studbook.planning.paper.written import (
    aged,
    day,
    number,
    one,
    paragraphs,
    placed,
    sentence,
    three,
    two,
    whole,
)

Plain = Mapping[str, Any]
TITLES = {"M": "Males", "F": "Females", "U": "Sex unknown"}
NO_OVERLAY = "The numbers stand on the book as recorded: no overlay is laid on it, and no hypothetical animal is assumed."
NOBODY_EXCLUDED = "No living animal is excluded."
NO_TABLES = "Nobody was ever there by the records, so there are no life tables."
FEW = 30
MOST_ON_A_PAGE = 40


def assumptions_section(inputs: Plain) -> Section:
    """Return appendix A: the overlays with every difference from the records, and what the coordinator assumes."""
    blocks: list[Block] = []
    if inputs["plan"]["assumptions"].strip():
        blocks.append(Text(paragraphs(inputs["plan"]["assumptions"]), quoted=True))
    overlays, assumed = inputs["book"]["overlays"], inputs["book"]["assumed"]
    if not overlays:
        blocks.append(Text((NO_OVERLAY,)))
    else:
        blocks.append(Items(tuple(f"{each['name']}: {sentence(each['reason'])}" for each in overlays)))
        blocks += [table for table in (_hypothetical(overlays), _differences(assumed)) if table.rows]
    settings = Part("Settings of the programme", (Facts(tuple(_settings(inputs["book"]["programme"]))),))
    title = "Appendix A. Hypothetical animals, overlay and assumptions"
    return Section("assumptions", title, tuple(blocks), (settings,), breaks=True)


def _hypothetical(overlays: Sequence[Plain]) -> Table:
    return Table(
        columns=(
            Column("Hypothetical animal", width="4cm"),
            Column("Overlay", width="3.5cm"),
            Column("Reason", width="1fr"),
        ),
        rows=tuple(
            row(each["what"].removeprefix("hypothetical animal "), overlay["name"], each["reason"])
            for overlay in overlays
            for each in overlay["assumptions"]
            if each["kind"] == "hypothetical animal"
        ),
        title="Hypothetical animals",
        sheet="Hypothetical",
        small=True,
    )


def _differences(assumed: Plain) -> Table:
    return Table(
        columns=(
            Column("SB ID", width="1.3cm", letters=7),
            Column("Field", width="2.2cm"),
            Column("Recorded", width="2.6cm", letters=14),
            Column("Assumed", width="3.6cm", letters=18),
            Column("Overlay", width="2.6cm", letters=14),
            Column("Reason", width="1fr"),
        ),
        rows=tuple(
            row(
                each["animal"],
                each["field"] + (f" with {each['other']}" if each["other"] else ""),
                NOTHING if each["recorded"] in ("None", "False") else each["recorded"],
                "yes" if each["assumed"] == "True" else each["assumed"],
                each["overlay"],
                each["reason"],
            )
            for each in assumed["differences"]
        ),
        title="Where the overlays depart from the records",
        sheet="Overlay",
        small=True,
    )


def _settings(programme: Plain) -> Iterator[tuple[str, str]]:
    for noun, first, last in (
        ("males", "male_first_breeding_days", "male_last_breeding_years"),
        ("females", "female_first_breeding_days", "female_last_breeding_years"),
    ):
        days, years = programme[first], programme[last]
        begin = "not set" if days is None else f"{days / 365.25:.1f} years"
        end = "not set" if years is None else f"{years} years"
        yield f"Breeding ages of {noun}", f"first {begin}, last {end}"
    yield "Inbreeding of the young below", coefficient(programme["offspring_inbreeding_limit"])
    yield (
        "Goal",
        f"{percent(programme['gene_diversity_goal'], 0)} of gene diversity for {programme['goal_years']} years",
    )
    target = programme["target_size"]
    yield "Target size", "not set" if target is None else f"{target:,}"


def exclusions_section(inputs: Plain, figures: Plain) -> Section:
    """Return appendix B."""
    title, excluded = "Appendix B. Exclusions", figures["genetics"]["excluded"]
    if not excluded:
        return Section("exclusions", title, (Text((NOBODY_EXCLUDED,)),))
    places = inputs["book"]["places"]
    table = Table(
        columns=(
            Column("SB ID", width="1.5cm", letters=9),
            Column("Name", width="3cm"),
            Column("Sex", width="1cm"),
            Column("Age", RIGHT, "1.3cm"),
            Column("Location", width="2.4cm", letters=12),
            Column("Reason", width="1fr"),
        ),
        rows=tuple(
            row(
                each["number"],
                each["name"],
                each["sex"],
                aged(each["age"]),
                placed(each["holder"], places),
                each["reason"],
            )
            for each in excluded
        ),
        sheet="Exclusions",
        small=True,
    )
    return Section("exclusions", title, (table,))


def record_section(inputs: Plain, version: Plain) -> Section:
    """Return appendix C: from what data, by which program, this version was made."""
    book = inputs["book"]
    overlays = ", ".join(each["name"] for each in book["overlays"]) or "none: the book as recorded"
    facts = (
        ("Studbook", book["programme"]["name"]),
        ("Current to", day(book["programme"]["as_of"])),
        ("Revision", f"{book['programme']['revision']:,}"),
        ("Animals in the book", f"{len(book['records']):,}"),
        ("Overlays", overlays),
        ("Filters", "none: everybody living, in human care"),
        ("Software", f"Studbook {inputs['software']}"),
        ("Version of the plan", f"{version['number']}, {version['kind']}, frozen on {version['frozen_on']}"),
        ("Digest (SHA-256)", version["digest"]),
    )
    note = (
        "Everything that these numbers are made from is kept with the version. From it alone they can be computed again, to the "
        "last digit; the digest changes when a single one of them does."
    )
    return Section("record", "Appendix C. Data export record", (Facts(facts), Text((note,))))


def life_tables_section(figures: Plain) -> Section:
    """Return appendix D: the life tables of males and of females."""
    demography = figures["demography"]
    title = "Appendix D. Life tables"
    if demography["empty"]:
        return Section("life-tables", title, (Text((NO_TABLES,)),))
    tables = demography["life_tables"]
    parts = tuple(_life_table(TITLES[sex], tables[sex]) for sex in ("M", "F"))
    return Section("life-tables", title, (Figures(tuple(rate_figures(tables))),), parts, breaks=True)


def _life_table(title: str, told: Plain) -> Part:
    heads = ("Age x", "At risk", "Deaths", "Births", "Qx", "Px", "lx", "Lx", "Mx", "Ex", "Vx", "cx")
    table = Table(
        columns=tuple(Column(head, RIGHT, "1fr", 9) for head in heads),
        rows=tuple(
            row(
                Cell(f"{each['age']}{'*' if _few(each) else ''}", each["age"]),
                *(number(each[name], one) for name in ("at_risk", "deaths", "births")),
                *(number(each[name], three) for name in ("Qx", "Px", "lx", "Lx", "Mx")),
                number(each["Ex"], two),
                *(number(each[name], three) for name in ("Vx", "cx")),
            )
            for each in told["rows"]
        ),
        note=f"* Fewer than {FEW} animals at risk: chance decides these rates. R0 {three(told['R0'])}, T {two(told['T'])} years, "
        f"λ {three(told['growth'])}, life expectancy at birth {two(told['expectancy'])} years; {told['deaths']:g} deaths and "
        f"{told['births']:g} births.",
        sheet="Life tables",
        group=title,
        small=True,
    )
    cautions = [each for each in told["cautions"] if "at risk at" not in each]
    blocks: tuple[Block, ...] = (table, Items(tuple(cautions))) if cautions else (table,)
    return Part(title, blocks, whole=len(table.rows) <= MOST_ON_A_PAGE)


def _few(each: Plain) -> bool:
    return each["at_risk"] is not None and each["at_risk"] < FEW


def means_section(inputs: Plain, figures: Plain) -> Section:
    """Return appendix E: the living of each sex by mean kinship, a line where the population's mean falls."""
    genetics = figures["genetics"]
    if genetics["current"] is None:
        return Section("means", "Appendix E. Mean kinship lists", (Text(("Nobody living is measured.",)),))
    mean = genetics["current"]["mean_kinship"]
    lead = (
        f"The rarest lines first. The line stands where the population's mean kinship, {coefficient(mean)}, falls: the genes of "
        "those above it are rarer than the average animal's."
    )
    parts = tuple(
        Part(
            f"{TITLES[sex]} ({len(rows)})",
            (_means(TITLES[sex], rows, mean, inputs["book"]["places"]),),
        )
        for sex, rows in sorted(genetics["means"].items(), key=lambda item: tuple(TITLES).index(item[0]))
    )
    return Section("means", "Appendix E. Mean kinship lists", (Text((lead,)),), parts, breaks=True)


def _means(title: str, rows: Sequence[Plain], mean: float, places: Plain) -> Table:
    first = [each for each in rows if each["mean_kinship"] < mean]
    line = Row((Cell(f"mean of the population {coefficient(mean)}", mean),), MARK)
    made = [_mean(each, places) for each in rows]
    return Table(
        columns=(
            Column("Rank", RIGHT, "1.1cm"),
            Column("SB ID", LEFT, "1.5cm", 9),
            Column("Name", LEFT, "1fr"),
            Column("MK", RIGHT, "1.5cm"),
            Column("Known", RIGHT, "1.6cm"),
            Column("F", RIGHT, "1.5cm"),
            Column("Age", RIGHT, "1.3cm"),
            Column("Location", LEFT, "2.6cm", 12),
            Column("Young", RIGHT, "1.3cm"),
        ),
        rows=(*made[: len(first)], line, *made[len(first) :]),
        sheet="Mean kinships",
        group=title,
        small=True,
    )


def _mean(each: Plain, places: Plain) -> Row:
    return row(
        whole(each["rank"]),
        each["number"],
        each["name"],
        number(each["mean_kinship"]),
        number(each["known"], _tenth),
        number(each["inbreeding"]),
        aged(each["age"]),
        placed(each["holder"], places),
        whole(each["offspring"]),
    )


def founders_section(figures: Plain) -> Section:
    """Return appendix F: what each founder gave, what of it survives, what it should give."""
    told = figures["genetics"]["founders"]
    title = "Appendix F. Founders"
    if not told["rows"]:
        return Section("founders", title, (Text(("No living animal has a founder.",)),))
    return Section("founders", title, (_founders(told),), breaks=True)


def _founders(told: Plain) -> Table:
    return Table(
        columns=(
            Column("Founder", LEFT, "1fr"),
            Column("Sex", LEFT, "1cm"),
            Column("Origin", LEFT, "2.2cm"),
            Column("Living descendants", RIGHT, "1.9cm"),
            Column("Contri-bution", RIGHT, "1.7cm"),
            Column("Genome copies", RIGHT, "1.6cm"),
            Column("Target", RIGHT, "1.6cm"),
            Column("Difference", RIGHT, "1.8cm"),
            Column("Retained", RIGHT, "1.7cm"),
            Column("Lost", RIGHT, "1.5cm"),
        ),
        rows=tuple(
            row(
                f"{each['label']} {each['name']}".strip(),
                each["sex"],
                each["origin"],
                whole(each["descendants"]),
                number(each["contribution"], _hundredth),
                number(each["representation"], two),
                number(each["target"], _hundredth),
                number(_difference(each), _points),
                number(each["retention"], three),
                number(each["lost"], three),
            )
            for each in told["rows"]
        ),
        note=" ".join(_founders_note(told)),
        sheet="Founders",
        small=True,
    )


def _founders_note(told: Plain) -> Iterator[str]:
    yield (
        "Contribution: share of the living animals' genes. Genome copies: how many of the founder's genomes that makes. Target: in "
        "proportion to how much of the founder's genes survives."
    )
    if told["reason"]:
        yield told["reason"]
    else:
        yield (
            f"Retained and lost by a gene drop of {told['drops']:,} drops, seed {told['seed']}; {two(told['surviving'])} founder "
            "genomes survive."
        )
    dead = told["dead_lines"]
    if dead:
        yield f"Without living descendants: {', '.join(dead)}."


def _difference(each: Plain) -> float | None:
    return None if each["target"] is None else each["contribution"] - each["target"]


def _points(value: float | None) -> str:
    if value is None:
        return NOTHING
    return f"{100 * value:+.2f} %".replace("-", "−") if round(value, 4) else "0.00 %"


def _tenth(value: float | None) -> str:
    return percent(value, 1)


def _hundredth(value: float | None) -> str:
    return percent(value, 2)
