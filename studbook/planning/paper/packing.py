"""Plain values as bytes: the same bytes for the same values, always."""

import gzip
import json
from hashlib import sha256

from studbook.planning.paper.plain import PlainDict

FORMAT = 1


def pack(value: PlainDict) -> bytes:
    """Return plain values as bytes, the same ones always. Raises ValueError where a number is not finite."""
    return gzip.compress(written(value), mtime=0)


def unpack(data: bytes | memoryview) -> PlainDict:
    """Return the plain values that `pack` made bytes of."""
    value: PlainDict = json.loads(gzip.decompress(bytes(data)))
    return value


def as_read(value: PlainDict) -> PlainDict:
    """Return plain values as they come back from their bytes: no tuple, no key that is not text."""
    read: PlainDict = json.loads(written(value))
    return read


def digest(inputs: bytes | memoryview, figures: bytes | memoryview) -> str:
    """Return the fingerprint of both, packed: whoever has the same one has the same plan."""
    return sha256(bytes(inputs) + bytes(figures)).hexdigest()


def written(value: PlainDict) -> bytes:
    """Return plain values as text, the same one always."""
    return json.dumps(
        value, sort_keys=True, ensure_ascii=False, allow_nan=False, separators=(",", ":")
    ).encode()
