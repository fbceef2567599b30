"""The code on a label: a QR code that holds the label's own words, so that a scanner types them."""

from dataclasses import dataclass

import segno
from django.utils.safestring import SafeString

from studbook.reproduction.models import Sample

QUIET = 2


@dataclass(frozen=True, slots=True)
class Label:
    """A sample's label as it is printed."""

    sample: Sample
    code: SafeString


def printed(sample: Sample) -> Label:
    """Return a sample with its code drawn; a quarter of the code may be soiled or torn before it is lost."""
    drawn = segno.make(sample.label, error="q", micro=False, boost_error=False)
    svg = drawn.svg_inline(border=QUIET, omitsize=True, svgclass="label-code", lineclass=None)
    return Label(sample, SafeString(svg))
