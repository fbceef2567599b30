"""The form of a birth: how many young, when, by whom; what is known of each is folded away."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms

from studbook.animals.entry.life_forms import PlacedForm, PlaceField
from studbook.animals.entry.litter import MOST_YOUNG, Young
from studbook.animals.entry.mate import mates_of
from studbook.animals.entry.observation_forms import WeightField
from studbook.animals.models import Animal
from studbook.animals.parents_told import HOW, ParentField, ParentTaps

FEWEST_ROWS = 4
ROW = ("sex", "house_name", "weight", "stillborn", "rearing", "local_id", "transponder", "studbook_number")


@dataclass(frozen=True, slots=True)
class YoungRow:
    """The fields of one young, as the page shows them."""

    place: int
    fields: list[forms.BoundField]


class LitterForm(PlacedForm):
    """What is asked of every birth."""

    count = forms.IntegerField(
        label="How many young",
        min_value=1,
        max_value=MOST_YOUNG,
        initial=1,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={"min_value": "A litter has at least one young; a stillborn one counts."},
    )
    sire = ParentField(role="sire", label="Sire")
    place = PlaceField(label="Born at", required=False, empty_label="where the dam is held")
    owner = PlaceField(label="The young belong to", required=False, empty_label="the owner of the dam")

    rows_template = "animals/entry/_young.html"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = self._row_count()
        for row in range(self.rows):
            self.fields |= {f"young-{row}-{name}": field for name, field in young_fields().items()}
        if self.animal:
            self._offer_mates(self.animal)

    def _offer_mates(self, dam: Animal) -> None:
        likeliest, males = mates_of(dam)
        field = self.fields["sire"]
        if males:
            field.widget = ParentTaps("sire", males)
        if likeliest:
            field.initial = likeliest.animal.studbook_number
            field.help_text = f"{likeliest.sentence} {HOW}"

    def more_fields(self) -> list[forms.BoundField]:
        return [field for field in super().more_fields() if not field.name.startswith("young-")]

    def young_rows(self) -> list[YoungRow]:
        return [YoungRow(row + 1, [self[f"young-{row}-{name}"] for name in ROW]) for row in range(self.rows)]

    def young_rows_open(self) -> bool:
        """Tell whether something is said of a single young, and so must be seen."""
        return self.is_bound and any(
            field.errors or (field.data and field.name.split("-")[-1] not in ("sex", "rearing"))
            for row in self.young_rows()
            for field in row.fields
        )

    @property
    def deed_data(self) -> dict[str, Any]:
        data = {name: value for name, value in super().deed_data.items() if not name.startswith("young-")}
        data["young"] = list(self._young(data.pop("count")))
        return data

    def _young(self, count: int) -> Iterator[Young]:
        for row in range(count):
            told = {name: self.cleaned_data.get(f"young-{row}-{name}") for name in ROW}
            yield Young(**{name: value for name, value in told.items() if value})

    def _row_count(self) -> int:
        usual = max(self.programme.litter_size_max or 0, FEWEST_ROWS)
        asked = str(self.data.get("count", "")) if self.is_bound else ""
        return min(
            max(usual, int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 4 else 0),
            MOST_YOUNG,
        )


class BirthForm(LitterForm):
    """Of a dam in the book."""

    FIRST = ("count", "on", "sire")


class UnrecordedBirthForm(LitterForm):
    """Of a dam that nobody recorded, or of several that may be."""

    FIRST = ("count", "on", "place", "dam", "sire")
    OWN_PLACES = ("place",)
    dam = ParentField(role="dam", label="Dam")
    place = PlaceField(label="Born at", empty_label="choose the zoo")
    owner = PlaceField(label="The young belong to", required=False, empty_label="where they were born")


def young_fields() -> dict[str, forms.Field]:
    """Return the fields of one young."""
    return {
        "sex": forms.ChoiceField(
            label="Sex", choices=Animal.Sex.choices, initial=Animal.Sex.UNKNOWN, required=False
        ),
        "house_name": forms.CharField(label="Name", max_length=80, required=False),
        "weight": WeightField(label="Weight", required=False),
        "stillborn": forms.BooleanField(label="Stillborn", required=False),
        "rearing": forms.ChoiceField(
            label="Reared", choices=Animal.Rearing.choices, initial=Animal.Rearing.UNKNOWN, required=False
        ),
        "local_id": forms.CharField(label="Local id", max_length=30, required=False),
        "transponder": forms.CharField(label="Transponder", max_length=40, required=False),
        "studbook_number": forms.CharField(
            label="Studbook number", max_length=20, required=False, help_text="Empty: the next free one."
        ),
    }
