"""What a document is, told by its content and not by its name."""

from io import BytesIO
from zipfile import BadZipFile, ZipFile

from studbook.core.errors import StudbookError

LARGEST_BYTES = 20 * 1024 * 1024
PDF, JPEG, PNG, TEXT = "application/pdf", "image/jpeg", "image/png", "text/plain; charset=utf-8"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ENDINGS = {PDF: "pdf", JPEG: "jpg", PNG: "png", TEXT: "txt", DOCX: "docx"}
BEGINNINGS = ((b"%PDF-", PDF), (b"\xff\xd8\xff", JPEG), (b"\x89PNG\r\n\x1a\n", PNG))
WANTED = "Choose a PDF, a JPEG or PNG picture, a plain text or a Word document (docx) of up to 20 MB."


def kind_of_file(content: bytes) -> str:
    """Return the content type of a document. Raises StudbookError for what is none of those kept."""
    if not content:
        raise StudbookError(f"This file is empty. {WANTED}", field="file")
    if len(content) > LARGEST_BYTES:
        raise StudbookError(f"This file has {len(content) / 1024 / 1024:.0f} MB. {WANTED}", field="file")
    for beginning, kind in BEGINNINGS:
        if content.startswith(beginning):
            return kind
    if _is_docx(content):
        return DOCX
    if _is_text(content):
        return TEXT
    raise StudbookError(f"This file is of a kind that is not kept. {WANTED}", field="file")


def _is_docx(content: bytes) -> bool:
    if not content.startswith(b"PK"):
        return False
    try:
        with ZipFile(BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (BadZipFile, ValueError, OSError, NotImplementedError):
        return False
    # A document with macros is another kind, whatever it is called.
    return {"[Content_Types].xml", "word/document.xml"} <= names and "word/vbaProject.bin" not in names


def _is_text(content: bytes) -> bool:
    try:
        words = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return all(each.isprintable() or each in "\r\n\t\f" for each in words)
