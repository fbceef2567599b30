from django.urls import path

from studbook.wild import candidate_views, record_views, release_views, views
from studbook.wild.kinds import CAMERA_RECORDS, COUNTS, RELEASES, SITES, ListKind, RecordKind


def _list(address: str, kind: ListKind) -> list[object]:
    told = {"kind": kind}
    return [
        path(f"wild/{address}/", record_views.records, told, name=kind.page),
        path(f"wild/{address}/export.csv", record_views.records_csv, told, name=f"{kind.page}_csv"),
        path(f"wild/{address}/export.xlsx", record_views.records_xlsx, told, name=f"{kind.page}_xlsx"),
    ]


def _records(address: str, kind: RecordKind) -> list[object]:
    told, one = {"kind": kind}, f"wild/{address}/<int:pk>"
    strike = path(f"{one}/strike/", record_views.record_strike, told, name=f"{kind.one}_strike")
    return [
        *_list(address, kind),
        path(f"wild/{address}/new/", record_views.record_new, told, name=f"{kind.one}_new"),
        path(f"{one}/", record_views.record, told, name=kind.one),
        path(f"{one}/edit/", record_views.record_edit, told, name=f"{kind.one}_edit"),
        *([strike] if kind.can_be_struck else []),
    ]


urlpatterns = [
    path("wild/", views.wild, name="wild"),
    *_records("counts", COUNTS),
    *_records("cameras", CAMERA_RECORDS),
    *_records("sites", SITES),
    path("wild/sites/<int:pk>/release/", release_views.release_new, name="release_new"),
    path("wild/sites/<int:pk>/candidates/", candidate_views.candidates, name="release_candidates"),
    path(
        "wild/sites/<int:pk>/candidates/export.csv",
        candidate_views.candidates_csv,
        name="release_candidates_csv",
    ),
    path(
        "wild/sites/<int:pk>/candidates/export.xlsx",
        candidate_views.candidates_xlsx,
        name="release_candidates_xlsx",
    ),
    *_list("releases", RELEASES),
    path("wild/releases/<int:pk>/", release_views.release, name="release"),
]
