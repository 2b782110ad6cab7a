"""Where a request comes from, as far as it can be trusted."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The client's address, for counting attempts only; never stored or logged as it is.

    X-Forwarded-For is believed exactly as far as our own proxies go (`SKOLNAV_PROXIES`): anybody can write the rest
    of it. An IPv6 home has 2^64 addresses, so its network is what counts.
    """
    address = request.META.get("REMOTE_ADDR", "")
    hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
    if settings.PROXIES and hops:
        address = hops[-min(settings.PROXIES, len(hops))]
    return _network(address)


def _network(address: str) -> str:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)
