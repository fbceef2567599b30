"""Answers that a browser saves as a file."""

from collections.abc import Iterable

from django.http import StreamingHttpResponse


def csv_download(lines: Iterable[str], name: str) -> StreamingHttpResponse:
    """Return a CSV file that is sent while it is written; `name` is without its ending."""
    return StreamingHttpResponse(
        lines, content_type="text/csv; charset=utf-8", headers=saved_as(f"{name}.csv")
    )


def saved_as(file_name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{file_name}"'}
