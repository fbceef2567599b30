"""The forms of records of the wild; what is enough for each is the action's to say."""

from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from django import forms
from django.db.models import Model, Q, QuerySet

from studbook.animals.correcting.forms import CorrectionForm
from studbook.core.forms import DateIntervalField, EntryForm
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from studbook.wild.models import ReleaseSite, SurveyCount
from studbook.wild.models.coarse import TENTHS, degrees
from studbook.wild.models.survey_count import FIRST_YEAR, LAST_YEAR
from studbook.wild.places import PLACE_COLUMNS

MOST = 1_000_000
MOST_SMALL = 30_000
# Of each sex: as many as the choice of a group is asked for, since it begins with what the site wants.
MOST_WANTED = 20
PER_CENT = 100
OPEN_TO_ALL = "Everybody of the programme reads it: name no place finer than the area."
WHY = "How you know, or who decided it. It stays in the history."
STANDING, STRUCK = "", "struck"


class CoarseDegreesField(forms.DecimalField):
    """Degrees, rounded to a tenth before anything keeps them: a finer place never leaves the form."""

    def __init__(self, *, limit: int, **kwargs: Any) -> None:
        kwargs |= {"min_value": -limit, "max_value": limit, "required": False}
        super().__init__(widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}), **kwargs)

    def clean(self, value: Any) -> int | None:  # tenths, as they are stored
        told = super().clean(value)
        return None if told is None else int((told * TENTHS).quantize(Decimal(1), rounding=ROUND_HALF_EVEN))

    def prepare_value(self, value: Any) -> Any:
        """Show stored tenths as degrees; what somebody typed is shown as it is."""
        return degrees(value) if isinstance(value, int) else value


class RecordForm(EntryForm):
    """What a record is told. Who may not see places is not asked for them either."""

    def __init__(self, *args: Any, programme: Programme, with_places: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in () if with_places else PLACE_COLUMNS & self.fields.keys():
            del self.fields[name]
        self.programme = programme


class NewRecordForm(RecordForm):
    """A record that is new needs no reason but its source."""

    @property
    def deed_data(self) -> dict[str, Any]:
        data = super().deed_data
        del data["reason"], data["acknowledged"]
        return data


class WhyForm(CorrectionForm):
    """Asks why, in the words of this room."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = WHY

    @property
    def deed_data(self) -> dict[str, Any]:
        data = super().deed_data
        del data["acknowledged"]
        return data


class EditedRecordForm(RecordForm, WhyForm):
    """A record that is changed: with a reason, and on the version the person saw."""


def text(label: str, most: int, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=False, **kwargs)


def words(label: str, most: int = 4000, rows: int = 3, **kwargs: Any) -> forms.CharField:
    return text(label, most, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


def number(label: str, most: int = MOST_SMALL, least: int = 0, **kwargs: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=least, max_value=most, required=False, **kwargs)


def limit(label: str, **kwargs: Any) -> forms.FloatField:
    attrs = {"step": "any", "inputmode": "decimal"}
    return forms.FloatField(
        label=label, min_value=0, max_value=1, required=False, widget=forms.NumberInput(attrs=attrs), **kwargs
    )


class SurveyCountFields(RecordForm):
    FIRST = (
        *("first_year", "last_year", "area", "country", "method", "low", "best", "high"),
        *("adults", "young", "source", "note"),
    )

    first_year = forms.IntegerField(label="Year", min_value=FIRST_YEAR, max_value=LAST_YEAR)
    last_year = number(
        "Last year", LAST_YEAR, FIRST_YEAR, help_text="Only where the count took several years."
    )
    area = text("Area", 120, help_text="As the source has it: a park, a county, the whole range.")
    country = text("Country", 80, help_text="Or the countries: Russia and China.")
    method = forms.ChoiceField(label="How it was counted", choices=SurveyCount.Method.choices)
    low = number("Lowest number", MOST, help_text="Alone: at least so many.")
    best = number("Best number", MOST, help_text="What the source itself gives.")
    high = number("Highest number", MOST)
    adults = number("Adults among them")
    young = number("Young among them")
    source = text("Source", 400, help_text="The report or article, with its address where it has one.")
    note = words("Note", rows=2)

    def clean_last_year(self) -> int | None:
        last: int | None = self.cleaned_data["last_year"]
        return self.cleaned_data.get("first_year") if last is None else last


class SurveyCountForm(SurveyCountFields, NewRecordForm):
    pass


class SurveyCountEditForm(SurveyCountFields, EditedRecordForm):
    pass


class CameraRecordFields(RecordForm):
    FIRST = (
        *("seen", "area", "country", "individuals", "adults", "young", "latitude_tenths", "longitude_tenths"),
        *("source", "note"),
    )

    seen = DateIntervalField(
        label="Month or season", help_text="October 2013, or between 2012-12-01 and 2013-02-28. No day."
    )
    area = text("Area", 120, help_text="Coarse enough to be published.")
    country = text("Country", 80)
    individuals = text("Who was met", 200, help_text="In words: a female with two cubs.")
    adults = number("Adults")
    young = number("Young with a female")
    latitude_tenths = CoarseDegreesField(
        limit=90, label="Latitude", help_text="Rounded to a tenth of a degree, some eleven kilometres."
    )
    longitude_tenths = CoarseDegreesField(limit=180, label="Longitude")
    source = text("Source", 400, help_text="The report or article, with its address where it has one.")
    note = words("Note", rows=2, help_text=OPEN_TO_ALL)


class CameraRecordForm(CameraRecordFields, NewRecordForm):
    pass


class CameraRecordEditForm(CameraRecordFields, EditedRecordForm):
    pass


class ReleaseSiteFields(RecordForm):
    FIRST = (
        *("name", "country", "wild_area", "state", "state_reason", "latitude_tenths", "longitude_tenths"),
        *("males_wanted", "females_wanted", "youngest_months", "oldest_months", "kinship_limit"),
        *("inbreeding_limit", "lineage_cap", "note"),
    )

    name = text("Name", 120)
    country = text("Country", 80)
    wild_area = forms.ModelChoiceField(
        label="Wild area of the book",
        queryset=Institution.objects.none(),
        required=False,
        empty_label="none",
        help_text="Where the book says that released animals are. None: where they were held.",
    )
    state = forms.ChoiceField(choices=ReleaseSite.State.choices)
    state_reason = words("Why it is on hold or closed", 2000, rows=2)
    latitude_tenths = CoarseDegreesField(
        limit=90, label="Latitude", help_text="Rounded to a tenth of a degree. Seen by few."
    )
    longitude_tenths = CoarseDegreesField(limit=180, label="Longitude")
    males_wanted = number("Males wanted", MOST_WANTED)
    females_wanted = number("Females wanted", MOST_WANTED)
    youngest_months = number("Youngest at release (months)", 600)
    oldest_months = number("Oldest at release (months)", 600)
    kinship_limit = limit(
        "Largest kinship within the group", help_text="As .125, that of half siblings. Empty: no limit."
    )
    inbreeding_limit = limit("Largest F of an animal")
    lineage_cap = forms.FloatField(
        label="Most of a capped lineage (%)",
        min_value=0.01,
        max_value=99.99,
        required=False,
        help_text="Where it is lower than the lineage’s own cap.",
        widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
    )
    note = words("Note", rows=2, help_text=OPEN_TO_ALL)

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, programme=programme, **kwargs)
        self.fields["wild_area"].queryset = wild_areas_of(programme)  # type: ignore[attr-defined]

    def clean_lineage_cap(self) -> float | None:
        cap: float | None = self.cleaned_data["lineage_cap"]
        return None if cap is None else cap / PER_CENT

    def clean_males_wanted(self) -> int:
        return self.cleaned_data["males_wanted"] or 0

    def clean_females_wanted(self) -> int:
        return self.cleaned_data["females_wanted"] or 0


class ReleaseSiteForm(ReleaseSiteFields, NewRecordForm):
    pass


class ReleaseSiteEditForm(ReleaseSiteFields, EditedRecordForm):
    pass


def wild_areas_of(programme: Programme) -> QuerySet[Institution]:
    """Return the wild areas that take part in a programme."""
    return Institution.objects.filter(
        kind=Institution.Kind.WILD, participations__programme=programme
    ).order_by("name")


def opened(record: Model, form: type[RecordForm]) -> dict[str, Any]:
    """Return what an edit form shows of a record when it is opened, with its version."""
    initial = {name: getattr(record, name) for name in form.FIRST} | {"opened_version": record.version}  # type: ignore[attr-defined]
    if initial.get("lineage_cap") is not None:
        initial["lineage_cap"] = round(initial["lineage_cap"] * PER_CENT, 6)
    return initial


class NoFilterForm(forms.Form):
    """Narrows nothing: for the short lists, which are always shown whole."""

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)

    def narrowed(self, found: "QuerySet[Any]") -> "QuerySet[Any]":
        return found


class WildFilterForm(NoFilterForm):
    """Narrows a list of records by words, and by whether they still count."""

    about = forms.CharField(label="Area, country or source", max_length=80, required=False)
    records = forms.ChoiceField(
        label="Records",
        choices=[(STANDING, "those that count"), (STRUCK, "struck out"), ("all", "all")],
        required=False,
    )

    def narrowed(self, found: "QuerySet[Any]") -> "QuerySet[Any]":
        """Return the records that fit; none where the filter cannot be read."""
        if not self.is_valid():
            return found.none()
        wanted = self.cleaned_data
        if about := wanted["about"]:
            found = found.filter(
                Q(area__icontains=about) | Q(country__icontains=about) | Q(source__icontains=about)
            )
        if wanted["records"] == STANDING:
            return found.filter(struck_at__isnull=True)
        return found.filter(struck_at__isnull=False) if wanted["records"] == STRUCK else found
