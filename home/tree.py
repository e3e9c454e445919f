"""The least the site needs to stand: front page, plain pages, news, and the column of the plugin below it.

Run after every migration; it adds what is missing and changes nothing that is there.
"""

import re
from collections.abc import Mapping
from functools import partial
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils import timezone
from wagtail.models import Locale, Page, Site

from home.models import ColumnSettings, HomePage
from home.news.models import NewsCategory
from home.pages import SiteMapPage, TextPage
from home.starting_texts import CATEGORIES, TEXTS, body_of
from home.wagtail_defaults import remove_wagtail_defaults
from partybuilding import planting
from partybuilding.core.words.actors import filled, said

SITE_TITLE = "[[programme]]公开栏"
#: The editor gives every paragraph a key.
KEY = re.compile(r' data-block-key="[^"]*"')
MAP_TITLE = "网站地图"
LEAD = "一地创新、全[[district]]共享：看各级[[organization]]承诺了什么、干得怎么样。"


def plant(**kwargs: Any) -> None:
    """Make what is missing of tree, groups and workflow, in one transaction."""
    with transaction.atomic():
        home = plant_home()
        plant_settings()
        planting.plant(home)
        plant_texts(home)
        plant_categories([planting.plant_group(role) for role in planting.WRITERS])
        remove_wagtail_defaults()


def plant_home() -> HomePage:
    """Return the front page, in the place of Wagtail's welcome page."""
    home = HomePage.objects.first()
    if home is None:
        locale = (
            Locale.get_default()
            if Locale.objects.exists()
            else Locale.objects.create(language_code="zh-hans")
        )
        root = Page.get_first_root_node() or Page.add_root(
            instance=Page(title="Root", slug="root", locale=locale)
        )
        for welcome in root.get_children().filter(slug="home", content_type__model="page"):
            welcome.delete()
        home = HomePage(title=said(SITE_TITLE), slug="home", lead=said(LEAD), locale=locale)
        Page.objects.get(pk=root.pk).add_child(instance=home)
    if not Site.objects.filter(is_default_site=True).exists():
        Site.objects.create(
            hostname="localhost", root_page=home, is_default_site=True, site_name=said(SITE_TITLE)
        )
    return home


def plant_settings() -> None:
    """Make the row that holds what head and foot say, so that no reader's visit has to."""
    for site in Site.objects.filter(columnsettings=None):
        ColumnSettings.objects.create(site=site)


def plant_texts(home: HomePage) -> None:
    """Make the plain pages that the foot of every page leads to, and the site map."""
    now = timezone.now()
    dates = {"first_published_at": now, "last_published_at": now}
    for text in TEXTS:
        if not home.get_children().filter(slug=text.slug).exists():
            body = body_of(text, said)
            page = TextPage(title=text.title, slug=text.slug, lead=text.lead, body=body)
            for name, value in dates.items():
                setattr(page, name, value)
            planting.add_below(home, page)
    if not SiteMapPage.objects.exists():
        planting.add_below(home, SiteMapPage(title=MAP_TITLE, slug="sitemap", **dates))


def follow_names(
    sender: Any, *, before: Mapping[str, str], after: Mapping[str, str], **_signal: Any
) -> None:
    """Let what was planted and nobody has edited name the actors as they are called now."""
    was, now = (partial(filled, names=names) for names in (before, after))
    planting.reword(
        HomePage.objects.filter(title=was(SITE_TITLE), lead=was(LEAD)),
        title=now(SITE_TITLE),
        lead=now(LEAD),
    )
    Site.objects.filter(site_name=was(SITE_TITLE)).update(site_name=now(SITE_TITLE))
    for text in TEXTS:
        old, new = body_of(text, was), body_of(text, now)
        for page in TextPage.objects.filter(slug=text.slug):
            stands = [
                {"type": one.block_type, "value": KEY.sub("", str(one.value))} for one in page.body
            ]
            if stands == old != new:
                planting.reword(TextPage.objects.filter(pk=page.pk), body=new)


def plant_categories(writers: list[Group]) -> None:
    """Make the first categories of the news, with the right to keep them; none once there are any."""
    if NewsCategory.objects.exists():
        return
    NewsCategory.objects.bulk_create(
        NewsCategory(code=code, name=name, order=10 * place)
        for place, (code, name) in enumerate(CATEGORIES, start=1)
    )
    rights = Permission.objects.filter(
        content_type__app_label="home", codename__in=("add_newscategory", "change_newscategory")
    )
    for group in writers:
        group.permissions.add(*rights)
