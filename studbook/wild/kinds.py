"""The kinds of records that have a list, a page each and forms: what of each differs, so that their views are written once."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from studbook.core.lists import Columns
from studbook.programmes.models import ListPage, Programme
from studbook.programmes.record_lists import RecordList
from studbook.wild import columns, forms, queries
from studbook.wild.models import CameraRecord, Release, ReleaseSite, SurveyCount


@dataclass(frozen=True, slots=True)
class ListKind:
    """A list. `page` is the name of its route, `one` that of a record; `rows` reads it in an order.

    What is seen in the wild `can_be_struck` when it is wrong, and its list is narrowed to what counts.
    """

    page: ListPage
    one: str
    title: str
    noun: str
    nouns: str
    model: type[Any]
    rows: Callable[[Programme, str], "QuerySet[Any]"]
    orders: Mapping[str, tuple[str, ...]]
    usual_order: str
    columns: Callable[[bool], Columns[Any]]
    lead: str
    none_yet: str
    can_be_struck: bool = False

    def listed(self, rows: Callable[[Iterable[Any]], Iterable[Any]], *, sees_places: bool) -> RecordList[Any]:
        """Return the list for a person, of rows made of the records found."""
        return RecordList(
            page=self.page,
            template="wild/list.html",
            title=self.title,
            noun=self.noun,
            nouns=self.nouns,
            none_yet=self.none_yet,
            columns=self.columns(sees_places),
            form=forms.WildFilterForm if self.can_be_struck else forms.NoFilterForm,
            found=lambda programme, form, order: form.narrowed(self.rows(programme, order)),
            rows=rows,
            orders=self.orders,
            usual_order=self.usual_order,
        )


@dataclass(frozen=True, slots=True)
class RecordKind(ListKind):
    """A list whose records are written by forms."""

    form: type[forms.RecordForm] = forms.NewRecordForm
    edit_form: type[forms.RecordForm] = forms.EditedRecordForm
    add: str = "Add"


COUNTS = RecordKind(
    page=ListPage.SURVEY_COUNTS,
    one="survey_count",
    title="Counts in the wild",
    noun="count",
    nouns="counts",
    model=SurveyCount,
    rows=queries.counts_of,
    orders=queries.COUNT_ORDERS,
    usual_order="years",
    columns=columns.count_columns,
    lead="How many animals were counted or estimated, where and by whom.",
    none_yet="No count of the wild is in the book yet.",
    can_be_struck=True,
    form=forms.SurveyCountForm,
    edit_form=forms.SurveyCountEditForm,
    add="Add a count",
)
CAMERA_RECORDS = RecordKind(
    page=ListPage.CAMERA_RECORDS,
    one="camera_record",
    title="Camera-trap records",
    noun="camera-trap record",
    nouns="camera-trap records",
    model=CameraRecord,
    rows=queries.camera_records_of,
    orders=queries.CAMERA_ORDERS,
    usual_order="-seen",
    columns=columns.camera_columns,
    lead="Who was met in which month or season. Place and date are kept too coarse to lead anybody to an animal.",
    none_yet="No camera-trap record is in the book yet.",
    can_be_struck=True,
    form=forms.CameraRecordForm,
    edit_form=forms.CameraRecordEditForm,
    add="Add a record",
)
SITES = RecordKind(
    page=ListPage.RELEASE_SITES,
    one="release_site",
    title="Release sites",
    noun="release site",
    nouns="release sites",
    model=ReleaseSite,
    rows=queries.sites_of,
    orders=queries.SITE_ORDERS,
    usual_order="name",
    columns=columns.site_columns,
    lead="Where animals of the programme may be released, and what each site needs.",
    none_yet="No release site is in the book yet.",
    form=forms.ReleaseSiteForm,
    edit_form=forms.ReleaseSiteEditForm,
    add="Add a site",
)
RELEASES = ListKind(
    page=ListPage.RELEASES,
    one="release",
    title="Releases",
    noun="release",
    nouns="releases",
    model=Release,
    rows=queries.releases_of,
    orders=queries.RELEASE_ORDERS,
    usual_order="-date",
    columns=columns.release_columns,
    lead="Animals let go at a site. A release is written down on the page of its site.",
    none_yet="No animal was released at a site yet.",
)
