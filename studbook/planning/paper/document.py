"""The printed plan as a whole, or one institution's part of it, from a frozen version."""

from dataclasses import dataclass, replace

from studbook.core.errors import StudbookError
from studbook.planning.models import PlanVersion
from studbook.planning.paper.blocks import Document, Section, Text
from studbook.planning.paper.packing import FORMAT, unpack
from studbook.planning.paper.part_appendix import assumptions_section, exclusions_section, record_section
from studbook.planning.paper.part_beside import people_section, reproduction_section
from studbook.planning.paper.part_lists import founders_section, life_tables_section, means_section
from studbook.planning.paper.part_plan import (
    explained_section,
    institutions_section,
    pairs_at,
    pairs_section,
)
from studbook.planning.paper.part_population import births_section, outcomes_section, population_section
from studbook.planning.paper.part_summary import summary_section
from studbook.planning.paper.part_words import disclaimer_section, words_section
from studbook.planning.paper.plain import Plain
from studbook.planning.paper.written import day, paragraphs
from studbook.planning.report_text import SYNTHETIC, day_words

Kind = PlanVersion.Kind

STATUS = {
    Kind.DRAFT: "Draft for comments",
    Kind.FINAL: "Final",
    Kind.INTERIM: "Interim change",
    Kind.CLOSING: "At the close of the plan",
}
NOT_THERE = "This version says nothing of an animal of that institution. Choose one from the plan's page."
UNREADABLE = (
    "What was frozen of this version cannot be read by this program. Open another version of the plan."
)


class UnreadableVersionError(StudbookError):
    """The bytes of a version are no frozen plan."""

    status = 409


class NoPartError(StudbookError):
    """A version has no part for what was asked."""

    status = 404


@dataclass(frozen=True, slots=True, eq=False)
class Frozen:
    """A version with what it holds: its inputs, its figures, and what is said of itself."""

    inputs: Plain
    figures: Plain
    version: Plain


def frozen_in(version: PlanVersion) -> Frozen:
    """Return what a version holds; no query."""
    try:
        inputs, figures = unpack(version.inputs), unpack(version.figures)
    except (OSError, EOFError, ValueError) as error:
        raise UnreadableVersionError(UNREADABLE) from error
    if inputs.get("format") != FORMAT:
        raise UnreadableVersionError(UNREADABLE)
    told = {
        "number": version.number,
        "kind": STATUS[Kind(version.kind)],
        "code": version.kind,
        "note": version.note,
        "digest": version.digest,
        "frozen_on": day_words(version.frozen_at.date()),
        "frozen_by": version.frozen_by.get_full_name() if version.frozen_by else "",
    }
    return Frozen(inputs, figures, told)


def document_of(frozen: Frozen, institution: int | None = None) -> Document:
    """Return the printed plan, or the part that concerns one institution (0: those whose place is not known)."""
    inputs, programme = frozen.inputs, frozen.inputs["book"]["programme"]
    excerpt = _excerpt(frozen.figures, institution)
    return Document(
        title=inputs["plan"]["title"],
        programme=programme["name"],
        taxon=f"{programme['common_name']} ({programme['taxon']})",
        status=frozen.version["kind"],
        status_words=_status_words(frozen),
        draft=frozen.version["code"] == Kind.DRAFT,
        synthetic=SYNTHETIC if programme["synthetic"] else "",
        current_to=day(programme["as_of"]),
        day=programme["as_of"],
        revision=f"{programme['revision']:,}",
        excerpt=excerpt,
        head=_head(frozen),
        sections=_sections(frozen) if institution is None else _part(frozen, institution),
    )


def _sections(frozen: Frozen) -> tuple[Section, ...]:
    inputs, figures = frozen.inputs, frozen.figures
    return (
        *_decision(frozen),
        summary_section(inputs, figures),
        population_section(inputs, figures),
        outcomes_section(inputs, figures),
        births_section(figures),
        pairs_section(inputs, figures),
        institutions_section(inputs, figures),
        assumptions_section(inputs),
        exclusions_section(inputs, figures),
        record_section(inputs, frozen.version),
        life_tables_section(figures),
        means_section(inputs, figures),
        founders_section(figures),
        explained_section(inputs, figures),
        words_section(),
        disclaimer_section(),
        *(each for each in (reproduction_section(inputs), people_section(inputs)) if each),
    )


def _part(frozen: Frozen, institution: int) -> tuple[Section, ...]:
    inputs, figures = frozen.inputs, frozen.figures
    wanted = pairs_at(inputs, institution)
    sections = [
        *_decision(frozen),
        institutions_section(inputs, figures, institution),
        pairs_section(inputs, figures, wanted),
        explained_section(inputs, figures, wanted) if wanted else None,
        words_section(),
        disclaimer_section(),
    ]
    return tuple(replace(each, title=each.title.split(". ", 1)[-1]) for each in sections if each)


def _decision(frozen: Frozen) -> tuple[Section, ...]:
    words, note = frozen.inputs["plan"]["decided_by"], frozen.version["note"]
    found = []
    if words.strip():
        found.append(Section("decided", "Who decides", (Text(paragraphs(words), quoted=True),)))
    if note.strip():
        found.append(Section("changes", "What changed, and why", (Text(paragraphs(note), quoted=True),)))
    return tuple(found)


def _excerpt(figures: Plain, institution: int | None) -> str:
    if institution is None:
        return ""
    for each in figures["rows"]:
        if each["key"] == institution:
            return f"Excerpt for {each['name']}"
    raise NoPartError(NOT_THERE)


def _status_words(frozen: Frozen) -> str:
    reply_by = frozen.inputs["plan"]["reply_by"]
    kind = frozen.version["code"]
    if kind == Kind.DRAFT:
        until = f" Please comment by {day(reply_by)}." if reply_by else ""
        return f"Nothing here is decided yet.{until}"
    if kind == Kind.INTERIM:
        return "This version replaces the one before it."
    if kind == Kind.CLOSING:
        return "The plan as it stood when it was closed."
    return "The plan is in force."


def _head(frozen: Frozen) -> tuple[tuple[str, str], ...]:
    plan, programme = frozen.inputs["plan"], frozen.inputs["book"]["programme"]
    by = f" by {frozen.version['frozen_by']}" if frozen.version["frozen_by"] else ""
    facts = [
        ("Programme", programme["name"]),
        ("Species", f"{programme['common_name']} ({programme['taxon']})"),
        ("In force", f"{day(plan['starts_on'])} to {day(plan['ends_on'])}"),
        ("Version", f"{frozen.version['number']}, frozen on {frozen.version['frozen_on']}{by}"),
        ("Studbook current to", day(programme["as_of"])),
        ("Studbook revision", f"{programme['revision']:,}"),
        ("Software", f"Studbook {frozen.inputs['software']}"),
    ]
    return tuple(facts)
