"""Photos as people send them, made fit to keep: upright, of a sensible size, and silent about where they were taken."""

from io import BytesIO
from uuid import uuid4

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from PIL import Image, ImageOps

from studbook.animals.models import Observation
from studbook.core.errors import StudbookError

FORMATS = ("JPEG", "PNG", "WEBP")
LARGEST_BYTES = 15 * 1024 * 1024
MOST_PIXELS = 60_000_000
LONGEST_SIDE, SMALL_SIDE = 2048, 480
QUALITY = 85
WANTED = "Choose a JPEG, PNG or WebP picture of up to 15 MB."
# What a decoder raises on bytes that are no picture, or a broken or hostile one.
UNREADABLE = (
    *(OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, EOFError, OverflowError),
    *(ArithmeticError, MemoryError, RuntimeError, Image.DecompressionBombError),
)


def prepared_photo(sent: "File[bytes]") -> "ContentFile[bytes]":
    """Return the picture as it is kept, under a name of its own. Raises StudbookError for what is no picture."""
    if sent.size > LARGEST_BYTES:
        raise _refusal(f"This file has {sent.size / 1024 / 1024:.0f} MB.")
    return ContentFile(_kept(sent), name=f"{uuid4().hex}.jpg")


def keep_photo(prepared: "ContentFile[bytes]") -> str:
    """Put a prepared photo among the files; return the path it is found by."""
    field = Observation._meta.get_field("file")
    return default_storage.save(field.generate_filename(Observation(), str(prepared.name)), prepared)


def forget_photo(path: str) -> None:
    """Take a photo off the files again; for one whose deed was refused."""
    default_storage.delete(path)


def small_photo(kept: "File[bytes]") -> bytes:
    """Return a kept photo as a small picture."""
    with Image.open(kept, formats=("JPEG",)) as image:
        image.draft("RGB", (SMALL_SIDE, SMALL_SIDE))
        image.thumbnail((SMALL_SIDE, SMALL_SIDE))
        return _as_jpeg(image)


def _kept(sent: "File[bytes]") -> bytes:
    try:
        with Image.open(sent, formats=FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise _refusal(f"This picture has {image.width} x {image.height} points, which is too many.")
            image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            return _as_jpeg(ImageOps.exif_transpose(image))
    except UNREADABLE as error:
        raise _refusal("This file cannot be read as a picture.") from error


def _as_jpeg(image: Image.Image) -> bytes:
    # Pasted onto an empty one, the picture leaves behind all that a camera wrote beside the points.
    clean = Image.new("RGB", image.size, "white")
    shown = image.convert("RGBA") if image.has_transparency_data else image.convert("RGB")
    clean.paste(shown, mask=shown if shown.mode == "RGBA" else None)
    written = BytesIO()
    clean.save(written, "JPEG", quality=QUALITY, optimize=True)
    return written.getvalue()


def _refusal(fact: str) -> StudbookError:
    return StudbookError(f"{fact} {WANTED}", field="photo")
