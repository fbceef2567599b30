"""The longer appendices: life tables, mean kinship lists, founders."""

from collections.abc import Iterator, Sequence

from studbook.core.templatetags.studbook import NOTHING, coefficient
from studbook.planning.paper.blocks import (
    LEFT,
    MARK,
    RIGHT,
    Block,
    Cell,
    Column,
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
from studbook.planning.paper.plain import Plain
from studbook.planning.paper.written import (
    aged,
    number,
    one,
    placed,
    plainly,
    share,
    tenth_share,
    three,
    two,
    whole,
)

TITLES = {"M": "Males", "F": "Females", "U": "Sex unknown"}
NO_TABLES = "Nobody was ever there by the records, so there are no life tables."
FEW = 30
MOST_ON_A_PAGE = 40


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
        f"λ {three(told['growth'])}, life expectancy at birth {two(told['expectancy'])} years; {plainly(told['deaths'])} deaths and "
        f"{plainly(told['births'])} births.",
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
        number(each["known"], tenth_share),
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
                number(each["contribution"], share),
                number(each["representation"], two),
                number(each["target"], share),
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
