"""Who asks: the client's address, behind as many proxies as the setting says, and when that cannot be true."""

import ipaddress

from allauth.core.internal.httpkit import clean_client_ip
from django.conf import settings

IPV6_VERKKO = 64  # bits: one home or one phone has all the addresses of such a network


def client_address(request) -> str:
    """The address to count by; an IPv6 one stands for its /64. "" where nobody tells it (a Unix socket, no proxy)."""
    address = _read(_told_addresses(request)[-_proxies() :][:1] if _proxies() else [])
    return _as_network(address or _read([request.META.get("REMOTE_ADDR", "")]))


def shorten(address: str) -> str:
    """Of the address what may be kept: which network it is of, not which machine."""
    if not address:
        return ""
    bits = 24 if ipaddress.ip_address(address).version == 4 else 48
    return str(ipaddress.ip_network(f"{address}/{bits}", strict=False).network_address)


def is_proxy_count_wrong(request) -> bool:
    """Do the request's own headers say that another number of proxies stands before us than the setting says?

    Fewer addresses than proxies: some are not there. None told though we are reached by a socket: one is not counted.
    """
    told = _told_addresses(request)
    if _proxies():
        return len(told) < _proxies()
    return bool(told) or not request.META.get("REMOTE_ADDR")


def _proxies():
    return settings.ALLAUTH_TRUSTED_PROXY_COUNT


def _told_addresses(request):
    """The client's own word first, the nearest proxy's last."""
    told = request.META.get("HTTP_X_FORWARDED_FOR", "")
    return [each.strip() for each in told.split(",")] if told.strip() else []


def _read(texts):
    """The address that the one text holds, or None."""
    text = clean_client_ip(texts[0]) if texts else None
    return ipaddress.ip_address(text) if text else None


def _as_network(address):
    if address is None:
        return ""
    if address.version == 4:
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ipaddress.IPv6Network((int(address), IPV6_VERKKO), strict=False).network_address)
