"""The shorter appendices: assumptions, exclusions, the record of the data."""

from collections.abc import Iterator, Sequence

from studbook.core.templatetags.studbook import NOTHING, coefficient, percent
from studbook.planning.paper.blocks import (
    Block,
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
from studbook.planning.paper.written import (
    ANIMAL,
    aged,
    day,
    paragraphs,
    placed,
)
from studbook.planning.wording import sentence

NO_OVERLAY = "The numbers stand on the book as recorded: no overlay is laid on it, and no hypothetical animal is assumed."
NOBODY_EXCLUDED = "No living animal is excluded."


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
        columns=(*ANIMAL, Column("Reason", width="1fr")),
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
