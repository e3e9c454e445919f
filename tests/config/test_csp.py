"""What the browser is told to run and show."""

import pytest
from django.test import Client

HEADER = "Content-Security-Policy"


def directives(header: str) -> dict[str, str]:
    """Return the policy as directive → sources."""
    return dict(part.strip().split(" ", 1) for part in header.split(";") if part.strip())


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/healthz", "/no-such-page/", "/portal/"])
def test_readers_and_applicants_get_the_strict_policy(client: Client, path: str) -> None:
    policy = directives(client.get(path)[HEADER])
    assert policy["default-src"] == "'self'"
    assert policy["script-src"] == "'self'"
    assert policy["style-src"] == "'self'"
    assert policy["object-src"] == "'none'"
    assert policy["frame-ancestors"] == policy["form-action"] == policy["base-uri"] == "'self'"


@pytest.mark.django_db
def test_the_administration_may_run_wagtails_inline_scripts_and_nothing_foreign(
    client: Client,
) -> None:
    policy = directives(client.get("/admin/login/")[HEADER])
    assert policy["script-src"] == "'self' 'unsafe-inline'"
    assert "http" not in " ".join(policy.values())
    assert policy["object-src"] == "'none'"


@pytest.mark.django_db
def test_an_address_that_only_looks_like_the_administration_stays_strict(client: Client) -> None:
    policy = directives(client.get("/administration/")[HEADER])
    assert policy["script-src"] == "'self'"


def test_the_administration_works_under_its_policy(live_server, desk, admin_user) -> None:
    desk.goto(f"{live_server.url}/admin/login/")
    desk.fill("[name=username]", "admin")
    desk.fill("[name=password]", "password")
    desk.press("[name=password]", "Enter")
    desk.wait_for_url(f"{live_server.url}/admin/")
    desk.goto(f"{live_server.url}/admin/pages/2/edit/")
    desk.wait_for_load_state("networkidle")
    assert [error for error in desk.errors if "Content Security Policy" in error] == []
