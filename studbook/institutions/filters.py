"""How the list of institutions is narrowed."""

from typing import Any

import django_filters as filters
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from studbook.institutions.models import Institution

NO_REGION = "other"
REGIONS = [(value or NO_REGION, label) for value, label in Institution.Region.choices]


class InstitutionFilter(filters.FilterSet):  # type: ignore[misc]
    """Narrows `queries.institutions_of(programme)`."""

    q = filters.CharFilter(label="Name, mnemonic or city", method="by_words", max_length=80)
    region = filters.ChoiceFilter(
        label="Region", choices=REGIONS, method="by_region", empty_label="any region"
    )
    country = filters.ChoiceFilter(label="Country", choices=[], empty_label="any country")
    kind = filters.ChoiceFilter(choices=Institution.Kind.choices, empty_label="any kind")

    class Meta:
        model = Institution
        fields: list[str] = []

    def __init__(self, data: Any, queryset: QuerySet[Institution], request: HttpRequest) -> None:
        """Offer the countries that occur; one query."""
        super().__init__(data, queryset=queryset, request=request)
        countries = queryset.exclude(country="").order_by("country").values_list("country", flat=True)
        self.filters["country"].extra["choices"] = [(each, each) for each in countries.distinct()]

    def by_words(self, institutions: QuerySet[Institution], name: str, words: str) -> QuerySet[Institution]:
        return institutions.filter(
            Q(name__icontains=words) | Q(mnemonic__icontains=words) | Q(city__icontains=words)
        )

    def by_region(self, institutions: QuerySet[Institution], name: str, region: str) -> QuerySet[Institution]:
        return institutions.filter(region="" if region == NO_REGION else region)
