"""What answers say of caches and of what a page may use."""

import pytest
from django.test import Client

from tests.factories import make_cast

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.mark.parametrize(
    ("who", "path"),
    [
        ("applicant", "/portal/"),
        ("applicant", "/portal/messages/"),
        ("applicant", "/portal/no-such-page/"),
        ("department", "/admin/"),
        ("department", "/admin/party/projects/"),
        ("department", "/admin/api/main/pages/"),
        ("department", "/documents/1/a.pdf"),
        (None, "/portal/login/"),
        (None, "/admin/"),
    ],
)
def test_what_depends_on_who_asks_is_kept_nowhere(who: str | None, path: str) -> None:
    client = Client()
    if who:
        client.force_login(make_cast()[who], backend=BACKEND)
    assert "no-store" in client.get(path)["Cache-Control"]


def test_what_is_the_same_for_everybody_may_be_kept(client: Client) -> None:
    client.force_login(make_cast()["department"], backend=BACKEND)
    assert "no-store" not in client.get("/").get("Cache-Control", "")
    assert "no-store" not in client.get("/admin/jsi18n/").get("Cache-Control", "")


@pytest.mark.parametrize("path", ["/", "/portal/login/", "/admin/login/", "/no-such-page/"])
def test_no_page_uses_camera_place_or_microphone(client: Client, path: str) -> None:
    said = client.get(path)["Permissions-Policy"]
    assert all(f"{name}=()" in said for name in ("camera", "geolocation", "microphone"))
