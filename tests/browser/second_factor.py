"""The code that an authenticator app shows (RFC 6238), computed apart from the code under test."""

import base64
import hashlib
import hmac
import struct
import time

HALF_MINUTE = 30


def code_of(secret: str, moment: float | None = None) -> str:
    """Return the six digits of a secret at a moment, by default now."""
    counter = struct.pack(">Q", int((time.time() if moment is None else moment) // HALF_MINUTE))
    digest = hmac.new(base64.b32decode(secret.strip()), counter, hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 10**6:06d}"


def later_code_of(secret: str) -> str:
    """Return the code of the next half-minute: one that was used opens nothing a second time."""
    return code_of(secret, time.time() + HALF_MINUTE)
