"""The columns of the list of institutions, for the page and its files."""

from studbook.core.lists import Column, Columns
from studbook.institutions.queries import InstitutionRow

CELLS = "institutions/cells"

USUAL = ("name", "held", "owned", "ever", "city", "country", "region", "mnemonic")
FACTS: tuple[Column[InstitutionRow], ...] = (
    Column("name", "Name", lambda row: row.institution.name, f"{CELLS}/name.html", order="name"),
    Column(
        "held", "Living here", lambda row: str(row.held), f"{CELLS}/held.html", order="held", css="number"
    ),
    Column(
        "owned",
        "Living, owned",
        lambda row: str(row.owned),
        f"{CELLS}/owned.html",
        order="owned",
        css="number",
    ),
    Column("ever", "Ever here", lambda row: row.ever_held, f"{CELLS}/ever.html", order="ever", css="number"),
    Column("city", "City", lambda row: row.institution.city, order="city"),
    Column("country", "Country", lambda row: row.institution.country, order="country"),
    Column("region", "Region", lambda row: row.institution.region, order="region"),
    Column("mnemonic", "Mnemonic", lambda row: row.institution.mnemonic, order="mnemonic", css="mono"),
    Column("kind", "Kind", lambda row: row.institution.get_kind_display(), order="kind"),
    Column("held_number", "Living here, number", lambda row: row.held.total, order="held", css="number"),
    Column("owned_number", "Owned, number", lambda row: row.owned.total, order="owned", css="number"),
)
NOTE: Column[InstitutionRow] = Column("note", "Note", lambda row: row.institution.note, css="words")


def institution_columns(*, sees_places: bool) -> Columns[InstitutionRow]:
    """Return the columns for a person; where wild areas lie is told only to who may see places of the wild."""

    def degrees(row: InstitutionRow, which: int) -> float | None:
        return row.institution.place_for(sees_places=sees_places)[which]

    place: tuple[Column[InstitutionRow], ...] = (
        Column("latitude", "Latitude", lambda row: degrees(row, 0), css="number"),
        Column("longitude", "Longitude", lambda row: degrees(row, 1), css="number"),
    )
    return Columns((*FACTS, *place, NOTE), USUAL)
