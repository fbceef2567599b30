"""From which address a request came, so that nobody can choose their own by a header."""

from ipaddress import IPv6Network, ip_address

from django.conf import settings
from django.http import HttpRequest

NOWHERE = "unknown"
IPV6_PREFIX = 64  # one connection commonly has a whole network of this size


def address_of(request: HttpRequest) -> str:
    """Return the address that attempts are counted under.

    Behind `TRUSTED_PROXIES` proxies, each of which appends whom it heard from, it is that many from the right in
    `X-Forwarded-For`; what stands further left anybody may have written.
    """
    direct = request.META.get("REMOTE_ADDR", "")
    proxies: int = settings.TRUSTED_PROXIES
    passed_on = request.headers.get("X-Forwarded-For", "").split(",") if proxies else []
    claimed = passed_on[-proxies].strip() if len(passed_on) >= proxies > 0 else direct
    return _network(claimed) or _network(direct) or NOWHERE


def _network(words: str) -> str:
    try:
        address = ip_address(words)
    except ValueError:
        return ""
    if address.version == 4:
        return str(address)
    inside = address.ipv4_mapped
    return str(inside or IPv6Network((int(address), IPV6_PREFIX), strict=False).network_address)
