"""What a site that takes up the plugin may forget, said by `manage.py check` before anybody meets it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core import checks
from django.core.files.storage import FileSystemStorage
from django.template.exceptions import TemplateDoesNotExist
from django.template.loader import get_template
from django.urls import NoReverseMatch, reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from partybuilding.conf import DEFAULTS, PREFIX, setting
from partybuilding.core.files.library_forms import LibraryForm
from partybuilding.core.files.storage import private_storage
from partybuilding.opendata.licence import is_known

APPS = ("wagtail_modeladmin", "wagtail.contrib.typed_table_block")
CONTEXT_PROCESSOR = "partybuilding.context_processors.base_template"
MIDDLEWARE = (
    "partybuilding.core.access.requests.CurrentRequestMiddleware",
    "partybuilding.core.access.cms.CmsAccessMiddleware",
    "partybuilding.core.access.requests.RefusalMiddleware",
    "partybuilding.column.turns.PageTurnMiddleware",
)
#: An address of each module that the site includes.
ADDRESSES = {
    "portal:login": "partybuilding.portal.urls",
    "opinion_replies": "partybuilding.urls_public",
}
LIBRARY_FORMS = ("WAGTAILIMAGES_IMAGE_FORM_BASE", "WAGTAILDOCS_DOCUMENT_FORM_BASE")
#: A long table of the page editor sends eight fields a row; Wagtail advises this number.
MOST_FIELDS = 10_000


def check_site(**kwargs: Any) -> list[checks.CheckMessage]:
    """Return all that is missing or amiss in the settings of the site."""
    parts = (
        apps_of,
        middleware_of,
        templates_of,
        addresses_of,
        files_of,
        forms_of,
        licence_of,
        words_of,
    )
    return [message for part in parts for message in part()]


def check_trail_key(**kwargs: Any) -> list[checks.CheckMessage]:
    """Return the error of a server whose trail has no key of its own."""
    if setting("TRAIL_KEYS"):
        return []
    said = _(
        "The trail has no key of its own, so that it cannot be proven once SECRET_KEY changes."
    )
    hint = _("Set PARTYBUILDING_TRAIL_KEYS, for example {'2026': a secret of 50 characters}.")
    return [checks.Error(said, hint=hint, id="partybuilding.E007")]


def apps_of() -> Iterator[checks.CheckMessage]:
    """Tell which apps are missing, and whether the plugin stands behind the admin."""
    for name in APPS:
        if not apps.is_installed(name):
            said = _("“%(name)s” is missing in INSTALLED_APPS.") % {"name": name}
            yield checks.Error(said, id="partybuilding.E001")
    names = [config.name for config in apps.get_app_configs()]
    if names.index("partybuilding") > names.index("wagtail.admin"):
        said = _("“partybuilding” stands behind “wagtail.admin” in INSTALLED_APPS.")
        hint = _("Put it before, so that the first screen of the administration says what waits.")
        yield checks.Error(said, hint=hint, id="partybuilding.E002")


def middleware_of() -> Iterator[checks.CheckMessage]:
    """Tell which middleware is missing, and whether anything but the view happens while a page is locked."""
    for name in MIDDLEWARE:
        if name not in settings.MIDDLEWARE:
            said = _("“%(name)s” is missing in MIDDLEWARE.") % {"name": name}
            yield checks.Error(said, id="partybuilding.E003")
    if MIDDLEWARE[-1] in settings.MIDDLEWARE and settings.MIDDLEWARE[-1] != MIDDLEWARE[-1]:
        said = _("“%(name)s” is not the last one in MIDDLEWARE.") % {"name": MIDDLEWARE[-1]}
        yield checks.Warning(said, id="partybuilding.W001")


def templates_of() -> Iterator[checks.CheckMessage]:
    """Tell whether the plugin's pages find the template that they extend."""
    configured: list[dict[str, Any]] = settings.TEMPLATES
    engines = [one for one in configured if one["BACKEND"].endswith("DjangoTemplates")]
    found = [one.get("OPTIONS", {}).get("context_processors", ()) for one in engines]
    if not any(CONTEXT_PROCESSOR in names for names in found):
        said = _("“%(name)s” is missing among the context processors of TEMPLATES.")
        yield checks.Error(said % {"name": CONTEXT_PROCESSOR}, id="partybuilding.E004")
    try:
        get_template(setting("BASE_TEMPLATE"))
    except TemplateDoesNotExist:
        said = _("There is no template “%(name)s” for the public pages and the portal to extend.")
        hint = _("Name the site's base template in PARTYBUILDING_BASE_TEMPLATE.")
        yield checks.Error(
            said % {"name": setting("BASE_TEMPLATE")}, hint=hint, id="partybuilding.E005"
        )


def addresses_of() -> Iterator[checks.CheckMessage]:
    """Tell which addresses of the plugin are not mounted."""
    for name, module in ADDRESSES.items():
        try:
            reverse(name)
        except NoReverseMatch:
            said = _("The addresses of “%(module)s” are not included in the URLconf.")
            hint = _("Include them before Wagtail's own addresses.")
            yield checks.Error(said % {"module": module}, hint=hint, id="partybuilding.E006")


def files_of() -> Iterator[checks.CheckMessage]:
    """Tell whether private files would lie below a public address."""
    storage = private_storage()
    if not isinstance(storage, FileSystemStorage):
        return
    place = Path(storage.location).resolve()
    for name in ("MEDIA_ROOT", "STATIC_ROOT"):
        public = getattr(settings, name, None)
        if public and place.is_relative_to(Path(public).resolve()):
            said = _(
                "Attachments of case files would lie in %(place)s, below %(name)s, for everybody."
            )
            hint = _("Name another folder in STORAGES['private'].")
            facts = {"place": place, "name": name}
            yield checks.Error(said % facts, hint=hint, id="partybuilding.E008")


def forms_of() -> Iterator[checks.CheckMessage]:
    """Tell whether the library takes any file, and whether long forms are cut off."""
    for name in LIBRARY_FORMS:
        form = getattr(settings, name, "")
        if not (form and issubclass(import_string(form), LibraryForm)):
            said = _(
                "%(name)s names no form of the plugin: files keep where they were taken, and any kind comes in."
            )
            hint = _("See docs/plugin.md.")
            yield checks.Warning(said % {"name": name}, hint=hint, id="partybuilding.W002")
    most: int | None = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
    if most is not None and most < MOST_FIELDS:
        said = _(
            "DATA_UPLOAD_MAX_NUMBER_FIELDS is %(most)s: a long table of a page cannot be saved."
        )
        hint = _("Set it to %(wanted)s.") % {"wanted": MOST_FIELDS}
        yield checks.Warning(said % {"most": most}, hint=hint, id="partybuilding.W003")


def licence_of() -> Iterator[checks.CheckMessage]:
    """Tell of terms of the open data that mean nothing."""
    value = str(setting("DATA_LICENCE"))
    if not is_known(value):
        said = _("PARTYBUILDING_DATA_LICENCE is “%(value)s”: the open data would name no licence.")
        hint = _("Set it to CC-BY-4.0, reserved, or the address of a licence.")
        yield checks.Error(said % {"value": value}, hint=hint, id="partybuilding.E009")


def words_of() -> Iterator[checks.CheckMessage]:
    """Tell of a language, a clock and settings that the plugin does not know."""
    if settings.LANGUAGE_CODE not in ("zh-hans", "zh-cn"):
        said = _("LANGUAGE_CODE is “%(code)s”: residents and staff would read English words.")
        hint = _("Set it to “zh-hans”.")
        yield checks.Warning(
            said % {"code": settings.LANGUAGE_CODE}, hint=hint, id="partybuilding.W004"
        )
    if settings.TIME_ZONE != "Asia/Shanghai":
        said = _("TIME_ZONE is “%(zone)s”: deadlines would end at another hour.")
        hint = _("Set it to “Asia/Shanghai”.")
        yield checks.Warning(
            said % {"zone": settings.TIME_ZONE}, hint=hint, id="partybuilding.W005"
        )
    for name in dir(settings):
        if name.startswith(PREFIX) and name.removeprefix(PREFIX) not in DEFAULTS:
            said = _("The plugin has no setting “%(name)s”.") % {"name": name}
            yield checks.Warning(said, id="partybuilding.W006")
