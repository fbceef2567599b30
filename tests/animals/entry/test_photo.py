"""Photos as they are kept: checked, upright, smaller, silent about where they were taken; anything else is refused."""

import struct
import zlib
from contextlib import suppress
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from studbook.animals.entry import photo
from studbook.animals.entry.photo import LARGEST_BYTES, LONGEST_SIDE, prepared_photo, small_photo
from studbook.core.errors import StudbookError

TURNED_RIGHT, GPS, ORIENTATION = 6, 0x8825, 0x0112


def drawn(size: tuple[int, int] = (64, 48), kind: str = "JPEG", mode: str = "RGB", **more: object) -> bytes:
    written = BytesIO()
    Image.new(mode, size, "red" if mode == "RGB" else 0).save(written, kind, **more)
    return written.getvalue()


def kept(sent: bytes, name: str = "cat.jpg") -> Image.Image:
    return Image.open(BytesIO(prepared_photo(ContentFile(sent, name=name)).read()))


def png(width: int, height: int) -> bytes:
    """Return the head of a PNG that claims a size, without the points."""
    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + head + struct.pack(">I", zlib.crc32(head))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_prepared_photo__becomes_a_jpeg(kind: str) -> None:
    assert (kept(drawn(kind=kind)).format, kept(drawn(kind=kind)).size) == ("JPEG", (64, 48))


@pytest.mark.parametrize("mode", ["L", "LA", "P", "RGBA", "CMYK", "1", "I;16"])
def test_prepared_photo__takes_every_kind_of_colours(mode: str) -> None:
    kind = "JPEG" if mode == "CMYK" else "PNG"
    assert kept(drawn(kind=kind, mode=mode)).mode == "RGB"


def test_prepared_photo__is_made_smaller() -> None:
    assert kept(drawn((4000, 3000))).size == (LONGEST_SIDE, 1536)


def test_prepared_photo__stands_upright_and_says_nothing_of_the_place() -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = TURNED_RIGHT
    exif.get_ifd(GPS)[2] = (47.0, 44.0, 0.0)
    exif.get_ifd(GPS)[4] = (7.0, 20.0, 0.0)
    picture = kept(drawn(exif=exif, comment=b"taken at home"))
    assert picture.size == (48, 64)
    assert (dict(picture.getexif()), picture.info.get("comment")) == ({}, None)


@pytest.mark.parametrize("name", ["../../etc/passwd", "a\x00b.jpg", "x" * 300 + ".php", "CON", ""])
def test_prepared_photo__has_a_name_of_its_own(name: str) -> None:
    sent = ContentFile(drawn())
    sent.name = name
    assert prepared_photo(sent).name.removesuffix(".jpg").isalnum()


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"no picture",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"GIF89a\x01\x00\x01\x00\x00\x00\x00;",
        drawn(kind="GIF"),
        drawn(kind="TIFF"),
        drawn((640, 480))[:400],
        png(64, 48),
        drawn(kind="PNG")[:60],
        drawn(kind="WEBP")[:30],
    ],
    ids=lambda sent: ascii(sent[:12]),
)
def test_prepared_photo__of_what_is_no_picture_is_refused(sent: bytes) -> None:
    with pytest.raises(StudbookError, match="cannot be read as a picture") as refusal:
        prepared_photo(ContentFile(sent, name="cat.jpg"))
    assert refusal.value.field == "photo"


@pytest.mark.parametrize(("width", "height"), [(60_000, 60_000), (8000, 7501), (2**31 - 1, 2**31 - 1)])
def test_prepared_photo__of_a_bomb_is_refused_before_it_is_unpacked(width: int, height: int) -> None:
    with pytest.raises(StudbookError, match="Choose a JPEG, PNG or WebP picture"):
        prepared_photo(ContentFile(png(width, height), name="cat.png"))


def test_prepared_photo__of_15_mb_is_taken_and_a_byte_more_is_not() -> None:
    sent = drawn() + b"\x00" * (LARGEST_BYTES - len(drawn()))
    assert kept(sent).size == (64, 48)
    with pytest.raises(StudbookError, match="This file has 15 MB"):
        prepared_photo(ContentFile(sent + b"\x00", name="cat.jpg"))


@pytest.mark.slow
def test_prepared_photo__of_any_bytes_ends_in_a_picture_or_a_sentence() -> None:
    whole = [bytearray(drawn((32, 24), kind)) for kind in photo.FORMATS]
    for place in range(len(whole[0])):
        for each in whole:
            broken = bytearray(each)
            broken[place % len(each)] ^= 0xFF
            with suppress(StudbookError):
                kept(bytes(broken))


def test_small_photo__fits_a_page() -> None:
    whole = prepared_photo(ContentFile(drawn((3000, 2000)), name="cat.jpg"))
    assert Image.open(BytesIO(small_photo(whole))).size == (480, 320)
