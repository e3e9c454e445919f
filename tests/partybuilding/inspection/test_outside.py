"""Links to other sites: what an answer means, what is never asked, and that trying ends in time."""

import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.utils import timezone

from partybuilding.core.machine.refusals import NotYours
from partybuilding.core.states import Role
from partybuilding.inspection import outside, services
from partybuilding.inspection.models import OutsideLink
from partybuilding.inspection.services import try_outside
from tests.factories.people import make_person


class Site(BaseHTTPRequestHandler):
    """Answers as its address asks for; HEAD is refused where the address says so."""

    def do_GET(self) -> None:
        name = self.path.strip("/").partition("?")[0]
        if name == "slow":
            time.sleep(2)
        refuses = name == "no-head" and self.command == "HEAD"
        moved = {"moved": "/200", "circle": "/circle", "inside": "http://10.0.0.1/"}.get(name)
        status = 405 if refuses else 302 if moved else int(name) if name.isdigit() else 200
        self.send_response(status)
        if moved:
            self.send_header("Location", moved)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_HEAD = do_GET  # noqa: N815, the server asks for these names

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Let a site answer on this machine, which counts as public for once."""
    real = outside.is_public
    monkeypatch.setattr(outside, "is_public", lambda one: one == "127.0.0.1" or real(one))
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize(
    ("path", "said"),
    [
        *((path, "") for path in ("/200", "/401", "/403", "/429", "/moved", "/no-head", "/ok?a=1")),
        ("/404", "对方网站上没有这个页面（404）。"),
        ("/410", "对方网站上没有这个页面（410）。"),
        ("/500", "对方网站出错（500）。"),
        ("/circle", "反复跳转，打不开。"),
        ("/inside", "地址在内部网络，请人工核对。"),
    ],
)
def test_an_answer_is_told_as_readers_would_meet_it(site: str, path: str, said: str) -> None:
    assert outside.fault_of(f"{site}{path}") == said


@pytest.mark.parametrize(
    "machine",
    [
        "127.0.0.1",
        "10.1.2.3",
        "192.168.1.1",
        "172.16.0.1",
        "169.254.169.254",
        "::1",
        "fe80::1%eth0",
        "fd00::1",
        "0.0.0.0",
    ],
)
def test_machines_of_our_own_network_are_never_asked(machine: str) -> None:
    assert not outside.is_public(machine)


def test_a_machine_of_the_public_network_is_asked() -> None:
    assert outside.is_public("114.114.114.114")


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("http://127.0.0.1:9/", "地址在内部网络，请人工核对。"),
        ("http://localhost/", "地址在内部网络，请人工核对。"),
        ("ftp://example.org/", "不是网址。"),
        ("http:///x", "不是网址。"),
        ("http://[", "没有响应。"),
    ],
)
def test_what_is_no_public_address_is_not_asked(address: str, said: str) -> None:
    assert outside.fault_of(address) == said


def test_a_site_that_does_not_answer_is_told(site: str) -> None:
    assert outside.fault_of("http://127.0.0.1:9/") == "没有响应。"


@pytest.mark.django_db
def test_answers_are_kept_and_what_no_page_leads_to_is_forgotten(site: str) -> None:
    editor, began = make_person(Role.EDITOR), timezone.now()
    OutsideLink.objects.create(address="http://old.example.org/", checked_at=began)
    OutsideLink.objects.create(
        address=f"{site}/200", fault="没有响应。", checked_at=began - timedelta(days=1)
    )
    assert try_outside([f"{site}/200", f"{site}/404"], began, by=editor) == 0
    kept = dict(OutsideLink.objects.values_list("address", "fault"))
    assert kept == {f"{site}/200": "", f"{site}/404": "对方网站上没有这个页面（404）。"}


@pytest.mark.django_db
def test_trying_ends_in_time_and_goes_on_where_it_stopped(
    site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "SECONDS", 0.5)
    editor, began = make_person(Role.EDITOR), timezone.now()
    addresses = [f"{site}/slow", f"{site}/200"]
    assert try_outside(addresses, began, by=editor) == 1
    assert list(OutsideLink.objects.values_list("address", flat=True)) == [f"{site}/200"]
    monkeypatch.setattr(services, "SECONDS", 5)
    assert try_outside(addresses, began, by=editor) == 0


@pytest.mark.django_db
def test_others_try_nothing() -> None:
    with pytest.raises(NotYours):
        try_outside(["https://example.org/"], timezone.now(), by=make_person(Role.APPLICANT))
