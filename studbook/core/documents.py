"""Documents kept with a record, under names of their own where no address leads to them.

A document is a record with title, file, content_type, file_size and sha256. Who is given it is the room's to say.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile, File
from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header

from studbook.core.file_kinds import ENDINGS, kind_of_file

LONGEST_TITLE = 160
# Whatever a file holds, a browser saves it and runs nothing of it.
FILE_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cache-Control": "private, no-store",
}


@contextmanager
def keeping_file(document: Any, file: "File[bytes]", *, title: str = "") -> Iterator[None]:
    """Keep what was sent as the file of a document that is written inside the block; a refusal leaves no file behind.

    Raises StudbookError for what is none of the kinds that are kept.
    """
    content = file.read()
    document.title = title or _title_of(file)
    document.content_type = kind_of_file(content)
    document.file_size, document.sha256 = len(content), sha256(content).hexdigest()
    document.file.save(uuid4().hex, ContentFile(content), save=False)
    try:
        yield
    except BaseException:
        document.file.delete(save=False)
        raise


def given(document: Any, name: str) -> HttpResponse:
    """Return the answer that gives a document away, to be saved as `name` with the ending of its kind."""
    try:
        with document.file.open("rb") as file:
            content = file.read()
    except FileNotFoundError as error:
        raise Http404(f"“{document}” is not among the files any more.") from error
    ending = ENDINGS.get(document.content_type, "bin")
    disposition = str(content_disposition_header(as_attachment=True, filename=f"{name}.{ending}"))
    headers = {**FILE_HEADERS, "Content-Disposition": disposition}
    return HttpResponse(content, content_type=document.content_type, headers=headers)


def _title_of(file: "File[bytes]") -> str:
    name = "".join(each for each in str(file.name or "") if each.isprintable())
    return name[:LONGEST_TITLE] or "Document"
