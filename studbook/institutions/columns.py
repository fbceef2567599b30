"""The columns of the list of institutions, for the page and its files."""

from studbook.core.lists import Column, Columns
from studbook.institutions.queries import InstitutionRow

CELLS = "institutions/cells"

INSTITUTION_COLUMNS: Columns[InstitutionRow] = Columns(
    (
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
        Column(
            "ever", "Ever here", lambda row: row.ever_held, f"{CELLS}/ever.html", order="ever", css="number"
        ),
        Column("city", "City", lambda row: row.institution.city, order="city"),
        Column("country", "Country", lambda row: row.institution.country, order="country"),
        Column("region", "Region", lambda row: row.institution.region, order="region"),
        Column("mnemonic", "Mnemonic", lambda row: row.institution.mnemonic, order="mnemonic", css="mono"),
        Column("kind", "Kind", lambda row: row.institution.get_kind_display(), order="kind"),
        Column("held_number", "Living here, number", lambda row: row.held.total, order="held", css="number"),
        Column("owned_number", "Owned, number", lambda row: row.owned.total, order="owned", css="number"),
        Column("latitude", "Latitude", lambda row: row.institution.latitude, css="number"),
        Column("longitude", "Longitude", lambda row: row.institution.longitude, css="number"),
        Column("note", "Note", lambda row: row.institution.note, css="words"),
    ),
    ("name", "held", "owned", "ever", "city", "country", "region", "mnemonic"),
)
