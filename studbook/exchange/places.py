"""The places a file names: those the database knows already, and new ones."""

from collections import Counter

from django.core.exceptions import ValidationError

from studbook.core.errors import StudbookError
from studbook.exchange.records import ImportedInstitution, ParsedStudbook
from studbook.institutions.models import Institution
from studbook.programmes.changes import BATCH, Trail

INTO_THE_WILD = ("release", "capture")
WILD_NOTE = (
    "Made by an import, which knows only the mnemonic; taken for a wild area because more animals were released "
    "or captured here than arrived by transfer."
)
UNKNOWN_NOTE = "Made by an import, which knows only the mnemonic."


def find_or_add_places(trail: Trail, parsed: ParsedStudbook) -> dict[str, Institution]:
    """Return every place of the file by mnemonic; one the database knows already is used as it is."""
    described = {place.mnemonic: place for place in parsed.institutions}
    named = described.keys() | mnemonics_of(parsed)
    places = {each.mnemonic: each for each in Institution.objects.filter(mnemonic__in=named)}
    wild = wild_mnemonics(parsed)
    new = [
        _sound(_described(described[name]) if name in described else _named(name, wild))
        for name in sorted(named - places.keys())
    ]
    created = Institution.objects.bulk_create(new, batch_size=BATCH)
    trail.created(created)
    return places | {each.mnemonic: each for each in created}


def mnemonics_of(parsed: ParsedStudbook) -> set[str]:
    named = {name for event in parsed.events for name in (event.location_mnemonic, event.from_mnemonic)}
    return (named | {each.institution_mnemonic for each in parsed.identifiers}) - {""}


def wild_mnemonics(parsed: ParsedStudbook) -> set[str]:
    """Return the places where more animals were released or captured than arrived by transfer.

    A SPARKS file does not say which places are wild areas. Births and deaths do not decide: released animals breed
    and die where they live.
    """
    wild = Counter(event.location_mnemonic for event in parsed.events if event.kind in INTO_THE_WILD)
    arrivals = Counter(event.location_mnemonic for event in parsed.events if event.kind == "transfer")
    return {name for name, count in wild.items() if count > arrivals[name]}


def _named(mnemonic: str, wild: set[str]) -> Institution:
    is_wild = mnemonic in wild
    return Institution(
        mnemonic=mnemonic,
        name=mnemonic,
        kind=Institution.Kind.WILD if is_wild else Institution.Kind.UNKNOWN,
        note=WILD_NOTE if is_wild else UNKNOWN_NOTE,
    )


def _described(place: ImportedInstitution) -> Institution:
    return Institution(
        mnemonic=place.mnemonic,
        name=place.name,
        city=place.city,
        country=place.country,
        region=place.region,
        kind=place.kind,
        latitude=place.latitude,
        longitude=place.longitude,
        note=place.note,
    )


def _sound(place: Institution) -> Institution:
    try:
        place.clean_fields()
    except ValidationError as error:
        raise StudbookError(
            f"The institution “{place.mnemonic}” cannot be made: {' '.join(error.messages)} Correct it in the file."
        ) from error
    return place
