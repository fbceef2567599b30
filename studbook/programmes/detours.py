"""Where people go who open an address that only takes what a form sends, or who send one after they were signed out."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve

from studbook.accounts.rights import Route, routes

READING = ("GET", "HEAD")
NOT_SAVED = "You were signed out meanwhile, so what you sent was not saved. Sign in, and send it again."


def asked_to_sign_in(request: HttpRequest, route: Route) -> HttpResponse:
    """Lead to the sign-in page, and from there to what was asked for, or to the page of the form that was sent."""
    if request.method in READING:
        return redirect_to_login(request.get_full_path())
    messages.warning(request, NOT_SAVED)
    path = request.path_info
    return redirect_to_login(path if is_page(path) else page_above(path))


def not_that_way(request: HttpRequest, route: Route) -> HttpResponse:
    """Say that the address is a form's, and where that form is."""
    response = render(request, "405.html", {"page": page_above(request.path_info)}, status=405)
    response.headers["Allow"] = ", ".join(sorted(route.rules))
    return response


def not_of_this_site(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer what does not prove that a page of ours sent it: such a page was left open, or it is none of ours."""
    path = request.path_info
    page = path if is_page(path) else page_above(path)
    return render(request, "403_csrf.html", {"page": page}, status=403)


def page_above(path: str) -> str:
    """Return the nearest address above one that can be read."""
    while path := path.rstrip("/").rpartition("/")[0]:
        if is_page(f"{path}/"):
            return f"{path}/"
    return "/"


def is_page(path: str) -> bool:
    """Tell whether an address can be read; whether this person may read it is asked there."""
    try:
        route = routes().get(resolve(path).url_name or "")
    except Resolver404:
        return False
    return route is not None and "GET" in route.rules
