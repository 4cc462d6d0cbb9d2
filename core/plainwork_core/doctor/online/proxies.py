"""The proxy of a request, chosen as Terraform's S3 backend chooses it.

https://developer.hashicorp.com/terraform/language/backend/s3#http_proxy
https://pkg.go.dev/golang.org/x/net/http/httpproxy#Config
"""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit
from urllib.request import getproxies_environment

from plainwork_core.doctor.facts import BackendFacts

_PORTS = {"http": 80, "https": 443}


def proxies(facts: BackendFacts, url: str) -> dict[str, str] | None:
    """Return the proxies for the endpoint *url*, by scheme: none if it is excluded, `None` if no proxy is set."""
    environment = getproxies_environment()
    http = facts.text("http_proxy")
    found = {
        "http": http or environment.get("http", ""),
        "https": facts.text("https_proxy") or http or environment.get("https", ""),
    }
    if not any(found.values()):
        return None
    excluded = facts.text("no_proxy") or environment.get("no", "")
    return {} if _is_direct(url, excluded) else _set(found)


def _set(found: Mapping[str, str]) -> dict[str, str]:
    return {scheme: proxy for scheme, proxy in found.items() if proxy}


def _is_direct(url: str, excluded: str) -> bool:
    """Return whether requests to *url* use no proxy: loopback, and what `no_proxy` lists."""
    split = urlsplit(url)
    host, port = (split.hostname or "").lower(), str(split.port or _PORTS.get(split.scheme) or "")
    address = _address(host)
    if host == "localhost" or (address is not None and address.is_loopback):
        return True
    return any(_is_listed(entry.strip().lower(), host, port) for entry in excluded.split(","))


def _is_listed(entry: str, host: str, port: str) -> bool:
    if not entry:
        return False
    if entry == "*":
        return True
    if "/" in entry:
        address = _address(host)
        try:
            return address is not None and address in ip_network(entry, strict=False)
        except ValueError:
            return False
    name, _, wanted = entry.partition(":")
    if wanted and wanted != port:
        return False
    name = name.removeprefix("*")
    return host.endswith(name) if name.startswith(".") else host == name or host.endswith(f".{name}")


def _address(host: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None
