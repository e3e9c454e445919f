"""What a site forgets is said before anybody meets it, each with its own number."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.core.checks import CheckMessage
from django.urls import include, path

from partybuilding.checks import MIDDLEWARE, check_site, check_trail_key

STORAGE = "django.core.files.storage.FileSystemStorage"
#: A URLconf without the plugin's addresses.
urlpatterns = [path("admin/", include("wagtail.admin.urls"))]


def without(names: list[str], *gone: str) -> list[str]:
    return [name for name in names if name not in gone]


def private(place: Path) -> dict[str, Any]:
    return {
        **configured.STORAGES,
        "private": {"BACKEND": STORAGE, "OPTIONS": {"location": place}},
    }


def templates(**options: Any) -> list[dict[str, Any]]:
    (first,) = configured.TEMPLATES
    return [{**first, "OPTIONS": {**first["OPTIONS"], **options}}]


FORGOTTEN = [
    ("E001", "INSTALLED_APPS", without(configured.INSTALLED_APPS, "wagtail_modeladmin")),
    (
        "E002",
        "INSTALLED_APPS",
        [*without(configured.INSTALLED_APPS, "partybuilding"), "partybuilding"],
    ),
    *(("E003", "MIDDLEWARE", without(configured.MIDDLEWARE, name)) for name in MIDDLEWARE),
    ("E004", "TEMPLATES", templates(context_processors=[])),
    ("E005", "PARTYBUILDING_BASE_TEMPLATE", "nowhere.html"),
    ("E006", "ROOT_URLCONF", __name__),
    ("E008", "STORAGES", private(Path(configured.MEDIA_ROOT) / "private")),
    ("E008", "STORAGES", private(Path(configured.STATIC_ROOT) / "private")),
    ("W001", "MIDDLEWARE", [*configured.MIDDLEWARE, MIDDLEWARE[0]]),
    ("W002", "WAGTAILIMAGES_IMAGE_FORM_BASE", "wagtail.images.forms.BaseImageForm"),
    ("W002", "WAGTAILDOCS_DOCUMENT_FORM_BASE", ""),
    ("W003", "DATA_UPLOAD_MAX_NUMBER_FIELDS", 1000),
    ("W004", "LANGUAGE_CODE", "en-us"),
    ("W005", "TIME_ZONE", "UTC"),
    ("W006", "PARTYBUILDING_TRAIL_KEY", "a name that is not one"),
]


def ids(messages: list[CheckMessage]) -> set[str]:
    return {message.id.removeprefix("partybuilding.") for message in messages}


def test_this_site_has_forgotten_nothing() -> None:
    assert check_site() == []
    assert check_trail_key() == []


@pytest.mark.parametrize(("number", "name", "value"), FORGOTTEN)
def test_each_thing_forgotten_is_said(settings: Any, number: str, name: str, value: Any) -> None:
    setattr(settings, name, value)
    assert ids(check_site()) == {number}


def test_sentences_are_chinese(settings: Any) -> None:
    settings.PARTYBUILDING_BASE_TEMPLATE = "nowhere.html"
    (message,) = check_site()
    assert message.msg == "没有模板“nowhere.html”，公开页面和申报平台无从继承。"
    assert message.hint == "请在 PARTYBUILDING_BASE_TEMPLATE 中写明本站的基础模板。"


def test_any_number_of_fields_is_enough(settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = None
    assert check_site() == []


def test_private_files_have_a_place_until_the_site_names_one(settings: Any) -> None:
    from partybuilding.core.files.storage import private_storage

    settings.STORAGES = {k: v for k, v in configured.STORAGES.items() if k != "private"}
    assert Path(private_storage().location) == Path(configured.MEDIA_ROOT).parent / "private"
    assert check_site() == []


def test_a_server_without_a_key_of_the_trail_is_refused(settings: Any) -> None:
    settings.PARTYBUILDING_TRAIL_KEYS = {}
    assert ids(check_trail_key()) == {"E007"}
