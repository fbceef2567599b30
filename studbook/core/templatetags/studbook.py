"""How values are shown, decided once."""

from django import template

register = template.Library()
