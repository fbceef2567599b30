"""What is sent with each call: something that can be done where that is cheap, so that a refusal is of the person."""

import json
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.core.handlers.base import BaseHandler
from django.http import HttpResponseBase
from django.test import RequestFactory
from django.urls import reverse

from tests.house.matrix import LINES, SAFE, Case
from tests.house.routes import Route

WHY = {"reason": "The letter of 2024 says so."}
FIRST_VERSION = {"opened_version": 1}
SEEN = {"on": "2024-05-03", "note": "Seen at the fence."}
COMMENT = {**FIRST_VERSION, "note": "The crate is ready."}
PLANNED = {"title": "Plan 2027", "starts_on": "2027-01-01", "ends_on": "2027-12-31"}
FACTS = {"sex": "F", "birth": "2018-05-03", "birth_type": "captive", "rearing": "unknown"}
THRESHOLDS = {
    **{"best_share": 25, "middle_share": 60, "mk_deviations": 1, "inbreeding": 1, "high_inbreeding": 2},
    **{"unknown": 10, "much_unknown": 25, "too_unknown": 50},
}
COUNTED = {
    "first_year": 2018,
    "area": "Park",
    "country": "Russia",
    "method": "cameras",
    "best": 84,
    "source": "A report",
}
MET = {"seen": "May 2018", "area": "Park", "country": "Russia", "individuals": "a male", "source": "A report"}
SITE = {"name": "Lazovsky", "country": "Russia", "state": "planned"}
SOUND: dict[tuple[str, str], dict[str, Any]] = {
    ("log_event", "POST"): SEEN,
    ("api_log_event", "POST"): SEEN,
    ("correct_animal", "POST"): {**FIRST_VERSION, **WHY, **FACTS, "house_name": "Anna"},
    ("api_animal", "PATCH"): {**WHY, "house_name": "Anna"},
    ("void_animal", "POST"): {**FIRST_VERSION, **WHY},
    ("merge_with", "POST"): {**FIRST_VERSION, **WHY, "other_version": 1},
    ("remove_observation", "POST"): {**FIRST_VERSION, **WHY},
    ("api_observation", "PATCH"): {**WHY, "note": "It is another photo."},
    ("api_observation", "DELETE"): WHY,
    ("undo_deed", "POST"): WHY,
    ("transfer_step", "POST"): COMMENT,
    ("api_transfer_step", "POST"): COMMENT,
    ("transfer_permit_new", "POST"): {"kind": "health", "state": "needed"},
    ("person_link", "POST"): {},
    ("saved_view_save", "POST"): {"page": "animals", "name": "Mine", "query": "status=living"},
    ("overlay_new", "POST"): {"name": "South", **WHY},
    ("overlay_archive", "POST"): {**FIRST_VERSION, **WHY},
    ("mate_thresholds", "POST"): {**WHY, "opened_version": 0, **THRESHOLDS},
    ("mate_thresholds_reset", "POST"): {**WHY, "opened_version": 0},
    ("basket_new", "POST"): {"name": "South", "note": ""},
    ("basket_archive", "POST"): {**FIRST_VERSION, **WHY},
    ("basket_copy", "POST"): {"name": "North"},
    ("basket_undo", "POST"): FIRST_VERSION,
    ("basket_step_remove", "POST"): FIRST_VERSION,
    ("rate_set_new", "POST"): {"name": "Feed", **WHY},
    ("rate_set_archive", "POST"): {**FIRST_VERSION, **WHY},
    ("recommendation_withdraw", "POST"): {**FIRST_VERSION, **WHY},
    ("plan_edit", "POST"): {**FIRST_VERSION, **PLANNED},
    ("plan_row", "POST"): {**FIRST_VERSION, "disposition": "hold", "priority": 2},
    ("plan_fill_in", "POST"): FIRST_VERSION,
    ("plan_pair", "POST"): {
        **{**FIRST_VERSION, **WHY, "method": "insemination", "priority": 1, "litters": 1},
        "caps_reason": "Nobody else carries the line.",
    },
    ("sample_edit", "POST"): {
        **{**FIRST_VERSION, "label": "S-1000", "kind": "semen", "on": "2025-06-01", "unit": "straw"},
        **{"per_dose": 2, "why": "It is on the straw."},
    },
    ("sample_step", "POST"): {**FIRST_VERSION, "counted": 6, "on": "2026-01-05"},
    ("sample_strike", "POST"): {**FIRST_VERSION, **WHY},
    ("institution_spaces", "POST"): {**FIRST_VERSION, **WHY, "spaces": 6},
    ("optimal_plan_archive", "POST"): {**FIRST_VERSION, **WHY},
    ("outcome_tell", "POST"): {"state": "replaced"},
    ("plan_answers_send", "POST"): FIRST_VERSION,
    ("pairing_separate", "POST"): {**FIRST_VERSION, "on": "2025-05-03", "end": "season"},
    ("pairing_strike", "POST"): {**FIRST_VERSION, **WHY},
    ("procedure_new", "POST"): {"on": "2024-05-03", "weight": "38.5"},
    ("procedure_strike", "POST"): {**FIRST_VERSION, **WHY},
    ("procedure_correct", "POST"): {**FIRST_VERSION, **WHY, "on": "2025-10-09", "method": "ultrasound"},
    ("procedure_file_withdraw", "POST"): WHY,
    ("mating_strike", "POST"): {**FIRST_VERSION, **WHY},
    ("mating_correct", "POST"): {**FIRST_VERSION, **WHY, "on": "2025-03-02", "seen": "filmed"},
    ("pregnancy_new", "POST"): {"on": "2024-05-03", "sire": "", "method": "natural"},
    ("pregnancy_outcome", "POST"): {**FIRST_VERSION, "outcome": "lost", "on": "2025-03-01"},
    ("pregnancy_litter", "POST"): {**FIRST_VERSION, "count": 1, "on": "2025-04-16", "sire": ""},
    ("pregnancy_strike", "POST"): {**FIRST_VERSION, **WHY},
    ("survey_count_new", "POST"): COUNTED,
    ("survey_count_edit", "POST"): {**FIRST_VERSION, **WHY, **COUNTED},
    ("survey_count_strike", "POST"): {**FIRST_VERSION, **WHY},
    ("camera_record_new", "POST"): MET,
    ("camera_record_edit", "POST"): {**FIRST_VERSION, **WHY, **MET},
    ("camera_record_strike", "POST"): {**FIRST_VERSION, **WHY},
    ("release_site_new", "POST"): SITE,
    ("release_site_edit", "POST"): {**FIRST_VERSION, **WHY, **SITE},
    ("release_new", "POST"): {"on": "2024-05-03", "animals": "A101"},
    ("sign_out_everywhere", "POST"): {},
}
# Where the deed of such a body can be done; elsewhere the book itself may be against it.
PLAIN = (
    "one's programme",
    "one's own",
    "held",
    "another zoo's",
    "of other zoos",
    "recorded here",
    "stored",
    "owned elsewhere",
    "keeper of A",
    "keeper of B",
)


# Other records point at these animals, so that the book keeps them.
KEPT = ("void_animal",)


def is_sound(route: str, method: str, case: Case) -> bool:
    return (route, method) in SOUND and route not in KEPT and (case.title in PLAIN or not case.code)


def called(window: RequestFactory, route: Route, case: Case, method: str) -> HttpResponseBase:
    """Call a route as a server does, without what a test client notes beside; forms need no token here."""
    values = {**case.names, "code": case.code}
    url = reverse(route.name, kwargs={name: values[name] for name in route.names})
    request = window.generic(method, url, **_sent(route.name, method))
    request._dont_enforce_csrf_checks = True
    return _handler().get_response(request)


@cache
def _handler() -> BaseHandler:
    handler = BaseHandler()
    handler.load_middleware()
    return handler


def _sent(route: str, method: str) -> dict[str, Any]:
    if method in SAFE:
        return {}
    told = SOUND.get((route, method), {})
    if LINES[route].get("api"):
        return {"data": json.dumps(told), "content_type": "application/json", "headers": {"If-Match": '"1"'}}
    return {"data": urlencode(told), "content_type": "application/x-www-form-urlencoded"}
