"""The forms of documents and photos of a procedure."""

from django import forms

from studbook.core.file_kinds import WANTED
from studbook.core.forms import EntryForm


class FileForm(EntryForm):
    FIRST = ("file", "title")

    file = forms.FileField(
        help_text=WANTED,
        error_messages={"required": f"There is no file, or it was too large. {WANTED}", "empty": WANTED},
    )
    title = forms.CharField(
        max_length=160, required=False, help_text="What it shows; else the name of the file."
    )
