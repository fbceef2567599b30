"""JSON read as the fields of a form."""

from typing import Any

import pytest
from django import forms

from studbook.core.errors import StudbookError
from studbook.programmes.sent import fields_of, refuse_unknown


@pytest.mark.parametrize(
    ("sent", "fields"),
    [
        ({"on": "2025-05-03", "weight": 4.5}, {"on": "2025-05-03", "weight": "4.5"}),
        ({"stillborn": True, "note": None}, {"stillborn": "on", "note": ""}),
        ({"stillborn": False}, {}),
        ({"animals": ["7", 8], "acknowledged": []}, {"animals": "7 8", "acknowledged": ""}),
        (
            {"young": [{"sex": "F"}, {"sex": "M"}]},
            {"count": "2", "young-0-sex": "F", "young-1-sex": "M"},
        ),
        ({"young": [{"sex": "F"}], "count": None}, {"count": "1", "young-0-sex": "F"}),
    ],
)
def test_fields_of__are_those_that_a_page_sends(sent: Any, fields: dict[str, str]) -> None:
    assert fields_of(sent).dict() == fields


@pytest.mark.parametrize(
    "sent",
    [
        *([], "x", 1, None, {"note": []}, {"note": ["a"]}, {"note": {"a": 1}}, {"animals": [None]}),
        *({"animals": [["7"]]}, {"young": [{"sex": ["F"]}]}, {"young": [{}, {}], "count": 1}),
        {"young": [{}] * 51},
    ],
)
def test_fields_of__refuses_what_no_page_could_send(sent: Any) -> None:
    with pytest.raises(StudbookError, match=r"\.$"):
        fields_of(sent)


def test_refuse_unknown__names_the_field_and_those_there_are() -> None:
    class NoteForm(forms.Form):
        note = forms.CharField()

    refuse_unknown(NoteForm(), ["note", "once_key"])
    with pytest.raises(StudbookError, match=r"“notes” is no field of this entry\. Its fields are note"):
        refuse_unknown(NoteForm(), ["notes"])
