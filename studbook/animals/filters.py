"""One definition of how the list of animals is narrowed, for the page and its exports."""

from datetime import date
from decimal import Decimal
from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from studbook.animals.forms import AnimalFilterForm
from studbook.animals.latest import last_event_kind, marked_provisional
from studbook.animals.models import Animal, Event, Identifier
from studbook.core.dates import DAYS_IN_YEAR
from studbook.institutions.models import Institution

YES_NO = (("yes", "founders"), ("no", "not founders"))
PROVISIONAL = (("yes", "waiting to be confirmed"), ("no", "confirmed"))
TRANSPONDER = (("yes", "has one"), ("no", "has none"))
STATUSES = [each for each in Animal.Status.choices if each[0] != Animal.Status.VOID]
LINKS = (("holder", "is held there"), ("owner", "belongs to it"), ("ever", "was ever there"))
NO_REGION = "other"
REGIONS = [(value or NO_REGION, label) for value, label in Institution.Region.choices]
FIRST_YEAR, LAST_YEAR, OLDEST = 1800, 2200, 200

Annotated = QuerySet[
    Any
]  # animals with the annotations of `queries.annotated_animals`, which the model does not know


def _institutions(request: HttpRequest | None) -> QuerySet[Institution]:
    programme = getattr(request, "programme", None)
    return Institution.objects.filter(participations__programme=programme)


def _date_filter(label: str, **lookup: str) -> filters.DateFilter:
    return filters.DateFilter(label=label, widget=forms.DateInput(attrs={"type": "date"}), **lookup)


def _year_filter(label: str, method: str) -> filters.NumberFilter:
    years = {"min_value": FIRST_YEAR, "max_value": LAST_YEAR, "decimal_places": 0}
    return filters.NumberFilter(label=label, method=method, **years)


def _age_filter(label: str, method: str) -> filters.NumberFilter:
    return filters.NumberFilter(label=label, method=method, min_value=0, max_value=OLDEST)


class AnimalFilter(filters.FilterSet):  # type: ignore[misc]
    """Narrows `queries.annotated_animals(programme)`, whose annotations it uses."""

    q = filters.CharFilter(
        label="Number, name, local id, transponder or GAN", method="by_words", max_length=80
    )
    sex = filters.ChoiceFilter(choices=Animal.Sex.choices, empty_label="any sex")
    status = filters.ChoiceFilter(choices=STATUSES, empty_label="any status")
    institution = filters.ModelChoiceFilter(
        label="Institution", queryset=_institutions, method="by_institution", empty_label="any institution"
    )
    link = filters.ChoiceFilter(
        label="And the animal", choices=LINKS[1:], method="unchanged", empty_label=LINKS[0][1]
    )
    region = filters.ChoiceFilter(
        label="Region of the holder", choices=REGIONS, method="by_region", empty_label="any region"
    )
    founder = filters.ChoiceFilter(
        label="Founders", choices=YES_NO, method="by_founder", empty_label="all animals"
    )
    birth_type = filters.ChoiceFilter(label="Born", choices=Animal.BirthType.choices, empty_label="anywhere")
    provisional = filters.ChoiceFilter(
        label="Entries", choices=PROVISIONAL, method="by_provisional", empty_label="all entries"
    )
    transponder = filters.ChoiceFilter(
        label="Transponder", choices=TRANSPONDER, method="by_transponder", empty_label="with or without"
    )
    last_event = filters.ChoiceFilter(
        label="Last event", choices=Event.Kind.choices, method="by_last_event", empty_label="any event"
    )
    age_from = _age_filter("Age from (years)", "by_least_age")
    age_to = _age_filter("Age to (years)", "by_greatest_age")
    birth_year_from = _year_filter("Birth year from", "by_first_year")
    birth_year_to = _year_filter("Birth year to", "by_last_year")
    born_after = _date_filter("Born on or after", field_name="born", lookup_expr="gte")
    born_before = _date_filter("Born on or before", field_name="born", lookup_expr="lte")
    died_after = _date_filter("Died on or after", field_name="died", lookup_expr="gte")
    died_before = _date_filter("Died on or before", field_name="died", lookup_expr="lte")

    class Meta:
        model = Animal
        fields: list[str] = []
        form = AnimalFilterForm

    def by_words(self, animals: Annotated, name: str, words: str) -> Annotated:
        return animals.filter(pk__in=Animal.objects.matching(words).order_by().values("pk"))

    def by_institution(self, animals: Annotated, name: str, institution: Institution) -> Annotated:
        link = self.form.cleaned_data.get("link")
        if link == "owner":
            return animals.filter(pk__in=institution.ownerships.open().order_by().values("animal"))
        if link == "ever":
            return animals.filter(pk__in=institution.holdings.order_by().values("animal"))
        return animals.filter(holder=institution.pk)

    def unchanged(self, animals: Annotated, name: str, value: str) -> Annotated:
        # `link` only says how `institution` is meant.
        return animals

    def by_region(self, animals: Annotated, name: str, region: str) -> Annotated:
        members = Institution.objects.filter(region="" if region == NO_REGION else region)
        return animals.filter(holder__in=members.order_by().values("pk"))

    def by_founder(self, animals: Annotated, name: str, answer: str) -> Annotated:
        founders = Animal.objects.founders().order_by().values("pk")
        return animals.filter(pk__in=founders) if answer == "yes" else animals.exclude(pk__in=founders)

    def by_provisional(self, animals: Annotated, name: str, answer: str) -> Annotated:
        found: Annotated = marked_provisional(animals).filter(is_provisional=answer == "yes")
        return found

    def by_transponder(self, animals: Annotated, name: str, answer: str) -> Annotated:
        marks = Identifier.objects.filter(kind=Identifier.Kind.TRANSPONDER, active=True)
        marked = Q(pk__in=marks.order_by().values("animal"))
        return animals.filter(marked if answer == "yes" else ~marked)

    def by_last_event(self, animals: Annotated, name: str, kind: str) -> Annotated:
        found: Annotated = last_event_kind(animals).filter(last_kind=kind)
        return found

    def by_least_age(self, animals: Annotated, name: str, years: Decimal) -> Annotated:
        return animals.filter(age__gte=_days(years))

    def by_greatest_age(self, animals: Annotated, name: str, years: Decimal) -> Annotated:
        # An animal is of an age until it is a year older: "to 5" holds the one shown as 5 y.
        return animals.filter(age__lt=_days(years + 1))

    def by_first_year(self, animals: Annotated, name: str, year: Decimal) -> Annotated:
        return animals.filter(birth_latest__gte=date(int(year), 1, 1))

    def by_last_year(self, animals: Annotated, name: str, year: Decimal) -> Annotated:
        return animals.filter(birth_earliest__lte=date(int(year), 12, 31))


def _days(years: Decimal) -> float:
    return float(years) * DAYS_IN_YEAR


def filter_of(data: Any, animals: Annotated, request: HttpRequest) -> AnimalFilter:
    """Return the filter bound to what was asked, an empty question included."""
    return AnimalFilter(data, queryset=animals, request=request)
