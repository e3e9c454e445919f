"""Whether an address of another site answers: asked only when a person wants to know, and never within the network.

Addresses come from texts that many people write, so every host is looked up first, and what lies in a
network of our own is not asked; the connection goes to the very machine that was looked up.
"""

import http.client
import ipaddress
import socket
import ssl
from urllib.parse import urljoin, urlsplit

from django.utils.translation import gettext as _

SECONDS = 5
HOPS = 5
GONE = frozenset({404, 410})
#: These answer nothing to a question about the head alone.
ASK_WHOLE = frozenset({400, 403, 405, 501})
AGENT = "Mozilla/5.0 (link check)"


class Unreachable(Exception):
    """Readers would not arrive; the message says why."""


def fault_of(address: str) -> str:
    """Return why readers would not arrive at an address; nothing when they would."""
    try:
        for _hop in range(HOPS):
            status, onward = _ask(address)
            if not onward:
                return _words_of(status)
            address = urljoin(address, onward)
    except Unreachable as error:
        return str(error)
    except (OSError, http.client.HTTPException, ValueError, UnicodeError):
        return _("No answer.")
    return _("It leads from address to address without end.")


def _words_of(status: int) -> str:
    """Say what an answer means for readers; who is asked for a password or told to wait has arrived."""
    if status in GONE:
        return _("The page does not exist there (%(status)s).") % {"status": status}
    if status >= 500:
        return _("The site has a fault (%(status)s).") % {"status": status}
    return ""


def _ask(address: str) -> tuple[int, str]:
    """Return the status of an answer and where it leads on."""
    status, onward = _asked("HEAD", address)
    return _asked("GET", address) if status in ASK_WHOLE else (status, onward)


def _asked(method: str, address: str) -> tuple[int, str]:
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise Unreachable(_("It is no address of a site."))
    port = parts.port or (443 if parts.scheme == "https" else 80)
    sock = _connected(parts.hostname, port)
    try:
        if parts.scheme == "https":
            sock = ssl.create_default_context().wrap_socket(sock, server_hostname=parts.hostname)
        connection = http.client.HTTPConnection(parts.hostname, port, timeout=SECONDS)
        connection.sock = sock
        path = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
        connection.request(method, path, headers={"User-Agent": AGENT, "Connection": "close"})
        answer = connection.getresponse()
        moved = answer.getheader("Location") if 300 <= answer.status < 400 else ""
        return answer.status, moved or ""
    finally:
        sock.close()


def _connected(host: str, port: int) -> socket.socket:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise Unreachable(_("There is no such site.")) from error
    for *_kind, place in found:
        if not is_public(str(place[0])):
            raise Unreachable(_("It lies within a network of our own: try it by hand."))
    return socket.create_connection((str(found[0][4][0]), port), timeout=SECONDS)


def is_public(machine: str) -> bool:
    """Tell whether a machine stands in the public network."""
    return ipaddress.ip_address(machine.partition("%")[0]).is_global
