"""The columns of the list of animals, for the page and its files."""

from studbook.animals.columns_values import (
    contraception,
    event,
    holder,
    identifiers,
    owner,
    parent,
    reproduction,
    stay,
    weight,
)
from studbook.animals.models import Identifier
from studbook.animals.queries import AnimalRow
from studbook.core.downloads import Cell, iso
from studbook.core.lists import Column, Columns

CELLS = "animals/cells"
Animals = Column[AnimalRow]


def _age(row: AnimalRow) -> Cell:
    return None if row.age is None else round(row.age, 2)


IDENTITY: tuple[Animals, ...] = (
    Column(
        "studbook_number",
        "Number",
        lambda row: row.animal.studbook_number,
        f"{CELLS}/number.html",
        order="number",
    ),
    Column("house_name", "Name", lambda row: row.animal.house_name, order="name"),
    Column("sex", "Sex", lambda row: row.animal.sex, f"{CELLS}/sex.html", order="sex"),
    Column(
        "birth",
        "Birth",
        lambda row: str(row.animal.birth or ""),
        f"{CELLS}/birth.html",
        order="birth",
        css="nowrap tabular",
    ),
    Column("birth_earliest", "Birth, earliest", lambda row: iso(row.animal.birth_earliest), css="nowrap"),
    Column("birth_latest", "Birth, latest", lambda row: iso(row.animal.birth_latest), css="nowrap"),
    Column("birth_type", "Born", lambda row: row.animal.birth_type, order="birth_type"),
    Column("rearing", "Rearing", lambda row: row.animal.rearing, order="rearing"),
    Column("age_years", "Age", _age, f"{CELLS}/age.html", order="age", css="number"),
    Column(
        "status",
        "Status",
        lambda row: row.animal.status,
        f"{CELLS}/status.html",
        order="status",
        needs=("provisional",),
    ),
    Column("death", "Death", lambda row: str(row.animal.death or ""), order="death", css="nowrap tabular"),
    Column("death_earliest", "Death, earliest", lambda row: iso(row.animal.death_earliest), css="nowrap"),
    Column("death_latest", "Death, latest", lambda row: iso(row.animal.death_latest), css="nowrap"),
)
PARENTS: tuple[Animals, ...] = (
    Column("sire", "Sire", lambda row: parent(row.sire), f"{CELLS}/sire.html", order="sire"),
    Column("dam", "Dam", lambda row: parent(row.dam), f"{CELLS}/dam.html", order="dam"),
)
PLACES: tuple[Animals, ...] = (
    Column(
        "holder",
        "Holder, local id",
        lambda row: holder(row, "mnemonic"),
        f"{CELLS}/holder.html",
        order="holder",
        css="wide",
    ),
    Column("holder_name", "Holder, name", lambda row: holder(row, "name"), css="wide"),
    Column("held_since", "Held since", lambda row: stay(row, "start"), css="nowrap"),
    Column("held_until", "Held until", lambda row: stay(row, "end"), css="nowrap"),
    Column("local_id", "Local id", lambda row: row.stay.local_id if row.stay else ""),
    Column("owner", "Owner", lambda row: owner(row, "mnemonic"), order="owner", needs=("owner",)),
    Column("owner_name", "Owner, name", lambda row: owner(row, "name"), css="wide", needs=("owner",)),
)
NUMBERS: tuple[Animals, ...] = (
    Column(
        "transponders",
        "Transponders",
        lambda row: identifiers(row, Identifier.Kind.TRANSPONDER),
        css="mono",
        needs=("identifiers",),
    ),
    Column(
        "gan",
        "GAN",
        lambda row: identifiers(row, Identifier.Kind.GAN),
        css="mono",
        needs=("identifiers",),
    ),
    Column(
        "tags", "Tags", lambda row: identifiers(row, Identifier.Kind.TAG), css="mono", needs=("identifiers",)
    ),
    Column("note", "Note", lambda row: row.animal.note, css="words"),
)
DAILY: tuple[Animals, ...] = (
    Column("weight_kg", "Weight, kg", weight, order="weight", css="number", needs=("weight",)),
    Column("weighed_on", "Weighed", lambda row: weight(row, "date"), css="nowrap tabular", needs=("weight",)),
    Column("contraception", "Contraception", contraception, css="words", needs=("contraception",)),
    Column("reproduction", "Reproductive status", reproduction, css="words", needs=("reproduction",)),
    Column("last_event", "Last event", event, order="last_event", needs=("last event",)),
    Column(
        "last_event_on",
        "Last event, day",
        lambda row: event(row, "date"),
        css="nowrap tabular",
        needs=("last event",),
    ),
    Column(
        "provisional",
        "Provisional",
        lambda row: "yes" if row.animal.is_provisional else "no",  # type: ignore[attr-defined]
        order="provisional",
        needs=("provisional",),
    ),
)
ANIMAL_COLUMNS = Columns(
    (*IDENTITY, *PARENTS, *PLACES, *NUMBERS, *DAILY),
    ("studbook_number", "house_name", "sex", "birth", "age_years", "status", "sire", "dam", "holder"),
)
