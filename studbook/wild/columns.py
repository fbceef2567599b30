"""The columns of the lists of the wild, for the pages and their files; the places only for those who may see them."""

from studbook.core.downloads import Cell, iso
from studbook.core.lists import Column, Columns
from studbook.wild.models import CameraRecord, Release, ReleaseSite, SurveyCount

CELLS = "wild/cells"


def count_columns(with_places: bool) -> Columns[SurveyCount]:
    """Return the columns of the counts; they hold no place finer than an area."""
    return Columns(
        (
            Column(
                "years", "Years", lambda row: row.years, f"{CELLS}/record.html", "years", "nowrap tabular"
            ),
            Column("area", "Area", lambda row: row.area, order="area", css="words"),
            Column("country", "Country", lambda row: row.country, order="country"),
            Column("method", "Method", lambda row: row.get_method_display(), order="method"),
            Column("number", "Animals", lambda row: row.number, order="best", css="nowrap tabular"),
            Column("low", "Lowest", lambda row: row.low, css="number"),
            Column("best", "Best", lambda row: row.best, order="best", css="number"),
            Column("high", "Highest", lambda row: row.high, css="number"),
            Column("adults", "Adults", lambda row: row.adults, css="number"),
            Column("young", "Young", lambda row: row.young, css="number"),
            Column("source", "Source", lambda row: row.source, f"{CELLS}/source.html", css="words wide"),
            Column("note", "Note", lambda row: row.note, css="words wide"),
            Column("struck_out", "Struck out", lambda row: row.struck_why, css="words"),
            Column("first_year", "First year", lambda row: row.first_year, css="number"),
            Column("last_year", "Last year", lambda row: row.last_year, css="number"),
        ),
        ("years", "area", "country", "method", "number", "adults", "young", "source"),
    )


def camera_columns(with_places: bool) -> Columns[CameraRecord]:
    """Return the columns of the camera-trap records."""
    places: tuple[Column[CameraRecord], ...] = (
        Column("latitude", "Latitude", lambda row: row.latitude, css="number"),
        Column("longitude", "Longitude", lambda row: row.longitude, css="number"),
    )
    return Columns(
        (
            Column(
                "seen", "Seen", lambda row: str(row.seen), f"{CELLS}/record.html", "seen", "nowrap tabular"
            ),
            Column("area", "Area", lambda row: row.area, order="area", css="words"),
            Column("country", "Country", lambda row: row.country, order="country"),
            Column("individuals", "Who was met", lambda row: row.individuals, css="words"),
            Column("adults", "Adults", lambda row: row.adults, css="number"),
            Column("young", "Young with a female", lambda row: row.young, order="young", css="number"),
            *(places if with_places else ()),
            Column("source", "Source", lambda row: row.source, f"{CELLS}/source.html", css="words wide"),
            Column("note", "Note", lambda row: row.note, css="words wide"),
            Column("struck_out", "Struck out", lambda row: row.struck_why, css="words"),
            Column("from", "From", lambda row: iso(row.seen_earliest), css="nowrap tabular"),
            Column("to", "To", lambda row: iso(row.seen_latest), css="nowrap tabular"),
        ),
        (
            *("seen", "area", "country", "individuals", "adults", "young"),
            *(("latitude", "longitude") if with_places else ()),
            "source",
        ),
    )


def site_columns(with_places: bool) -> Columns[ReleaseSite]:
    """Return the columns of the release sites."""
    places: tuple[Column[ReleaseSite], ...] = (
        Column("latitude", "Latitude", lambda row: row.latitude, css="number"),
        Column("longitude", "Longitude", lambda row: row.longitude, css="number"),
    )
    return Columns(
        (
            Column("name", "Site", lambda row: row.name, f"{CELLS}/record.html", "name", "words"),
            Column("country", "Country", lambda row: row.country, order="country"),
            Column("state", "State", lambda row: row.get_state_display(), f"{CELLS}/state.html", "state"),
            Column("state_reason", "Why", lambda row: row.state_reason, css="words wide"),
            Column("wild_area", "Wild area", lambda row: str(row.wild_area or ""), css="words"),
            Column("males", "Males wanted", lambda row: row.males_wanted, css="number"),
            Column("females", "Females wanted", lambda row: row.females_wanted, css="number"),
            Column("youngest", "Youngest (months)", lambda row: row.youngest_months, css="number"),
            Column("oldest", "Oldest (months)", lambda row: row.oldest_months, css="number"),
            Column("kinship_limit", "Largest kinship", lambda row: row.kinship_limit, css="number"),
            Column("inbreeding_limit", "Largest F", lambda row: row.inbreeding_limit, css="number"),
            Column("lineage_cap", "Lineage cap", lambda row: row.lineage_cap, css="number"),
            Column("released", "Released", lambda row: getattr(row, "released", None), css="number"),
            *(places if with_places else ()),
            Column("note", "Note", lambda row: row.note, css="words wide"),
        ),
        (
            *("name", "country", "state", "state_reason", "males", "females", "released"),
            *(("latitude", "longitude") if with_places else ()),
        ),
    )


def release_columns(with_places: bool) -> Columns[Release]:
    """Return the columns of the releases."""
    return Columns(
        (
            Column(
                "date", "Date", lambda row: str(row.date), f"{CELLS}/record.html", "date", "nowrap tabular"
            ),
            Column("site", "Site", lambda row: row.site.name, f"{CELLS}/site.html", "site", "words"),
            Column("country", "Country", lambda row: row.site.country),
            Column("animals", "Animals", _animals, f"{CELLS}/animals.html"),
            Column("taken_back", "Taken back", _taken_back),
            Column("note", "Note", lambda row: row.note, css="words wide"),
            Column("made_at", "Written down", lambda row: iso(row.made_at.date()), css="nowrap tabular"),
        ),
        ("date", "site", "country", "animals", "note"),
    )


def _animals(release: Release) -> Cell:
    return ";".join(line.animal.studbook_number for line in release.lines.all() if line.stands)


def _taken_back(release: Release) -> Cell:
    return ";".join(line.animal.studbook_number for line in release.lines.all() if not line.stands)
