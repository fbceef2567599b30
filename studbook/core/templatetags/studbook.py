"""How values are shown, decided once."""

import re
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from studbook.core.dates import DAYS_IN_YEAR

register = template.Library()

NOTHING = "–"
# An address within a text; the point or bracket that ends the sentence around it is none of it.
ADDRESS = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)\]]")
SEX_MARKS = {"M": ("m", "♂", "male"), "F": ("f", "♀", "female"), "U": ("u", "?", "sex unknown")}


@register.filter
def coefficient(value: float | None) -> str:
    """Kinship, inbreeding, mean kinship, changes of them: four decimals; a dash where there is no answer."""
    if value is None or value != value:
        return NOTHING
    return f"{value:.4f}".replace("-", "−") if round(value, 4) else "0.0000"


@register.filter
def change(value: float | None) -> str:
    """A change: its sign always, five decimals, since one litter moves the fourth at most."""
    return signed(value, 5)


@register.filter
def percent(value: float | None, decimals: int = 1) -> str:
    """A share as per cent."""
    if value is None or value != value:
        return NOTHING
    return f"{100 * value:.{decimals}f} %"


@register.filter
def decimals(value: float | None, places: int = 2) -> str:
    """A number with fixed decimals."""
    if value is None or value != value:
        return NOTHING
    return f"{value:.{places}f}"


@register.filter
def signed(value: float | None, places: int = 2) -> str:
    """A change with fixed decimals: its sign always."""
    if value is None or value != value:
        return NOTHING
    return f"{value:+.{places}f}".replace("-", "−") if round(value, places) else f"{0:.{places}f}"


@register.filter
def kilometres(value: float | None) -> str:
    """A distance, to the kilometre."""
    if value is None or value != value:
        return NOTHING
    return f"{value:,.0f} km"


@register.filter
def age(years: float | None) -> str:
    """An age: days under a month, months under two years, then whole years."""
    if years is None:
        return NOTHING
    if years < 1 / 12:
        return f"{int(years * DAYS_IN_YEAR)} d"
    if years < 2:
        return f"{int(years * 12)} mo"
    return f"{int(years)} y"


@register.filter
def linked(text: str) -> SafeString:
    """A text somebody wrote, its addresses as links and every other character as it is."""
    shown, end = [], 0
    for found in ADDRESS.finditer(text):
        link = format_html('<a href="{0}" rel="noreferrer">{0}</a>', found[0])
        shown += [conditional_escape(text[end : found.start()]), link]
        end = found.end()
    return mark_safe("".join([*shown, conditional_escape(text[end:])]))  # noqa: S308 - every piece is escaped


@register.simple_tag
def sex_mark(sex: str) -> SafeString:
    """The sex as a sign with its word for those who do not see it."""
    kind, sign, word = SEX_MARKS[sex]
    return format_html(
        '<span class="sex sex-{}" title="{}"><span aria-hidden="true">{}</span>'
        '<span class="visually-hidden">{}</span></span>',
        kind,
        word,
        sign,
        word,
    )


@register.simple_tag(takes_context=True)
def nav_link(context: dict[str, Any], name: str, label: str, code: str) -> SafeString:
    """A link of the programme's navigation, marked when it is where we are."""
    url = reverse(name, args=[code])
    path = context["request"].path if "request" in context else ""
    here = path == url if name == "dashboard" else path.startswith(url)
    current = SafeString(' aria-current="page"') if here else ""
    return format_html('<a href="{}"{}>{}</a>', url, current, label)


@register.simple_tag(takes_context=True)
def tab_link(
    context: dict[str, Any], name: str, label: str, code: str, query: str = "", *, has_pages: bool = False
) -> SafeString:
    """A link between the pages of one subject, marked when it is where we are; a query is carried along.

    One that `has_pages` of its own below it is marked on these too.
    """
    url = reverse(name, args=[code])
    path = context["request"].path if "request" in context else ""
    within = has_pages and path.startswith(url)
    current = (
        format_html(' aria-current="{}"', "page" if path == url else "true") if within or path == url else ""
    )
    return format_html('<a href="{}{}"{}>{}</a>', url, f"?{query}" if query else "", current, label)


@register.simple_tag(takes_context=True)
def sort_heading(context: dict[str, Any], column: str, label: str, css_class: str = "") -> SafeString:
    """A column head that sorts the list; a second press turns the order. Uses `order` of the context."""
    query = context["request"].GET.copy()
    order = context.get("order", "")
    direction = {column: "ascending", f"-{column}": "descending"}.get(order)
    query["order"] = f"-{column}" if direction == "ascending" else column
    query.pop("page", None)
    sorted_mark = format_html(' aria-sort="{}"', direction) if direction else ""
    return format_html(
        '<th scope="col" class="{}"{}><a href="?{}">{}</a></th>',
        css_class,
        sorted_mark,
        query.urlencode(),
        label,
    )
