"""The facts of an animal's record that two records may tell differently, and whose value stays in a merge."""

from typing import Final

from studbook.core.dates import interval_columns

KEPT: Final = "kept"
OTHER: Final = "other"
PARENTS = ("sire", "dam")
# Death and status are not among them: they follow from the events.
FACT_COLUMNS: dict[str, tuple[str, ...]] = {
    "house_name": ("house_name",),
    "sex": ("sex",),
    "birth": tuple(interval_columns("birth", None)),
    "birth_type": ("birth_type",),
    "rearing": ("rearing",),
    "sire": ("sire_kind", "sire"),
    "dam": ("dam_kind", "dam"),
    "note": ("note",),
}
EVENT_FACTS = ("birth", "death")
