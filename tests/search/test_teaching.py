"""What editors teach the search, what is remembered of questions in vain, and who may see it."""

import datetime
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from partybuilding.core.states import Role
from partybuilding.organizations.services import group_name
from search import services
from search.models import Name, Promotion, Synonym, Unanswered
from search.rights import grant
from search.services import make_room, remember_unanswered, settle
from search.starting_words import OTHERS, SAID, WORDS
from tests.factories import make_cast
from tests.factories.column import make_page

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    cache.clear()


@pytest.mark.parametrize("role", ["editor", "publisher"])
def test_editors_and_publishers_teach_the_search(client: Client, role: str) -> None:
    cast = make_cast()
    page = make_page(cast=cast)
    client.force_login(cast[role])
    Unanswered.objects.create(text="院坝夜话", count=3, last_seen=datetime.date(2026, 3, 1))
    listed = client.get(reverse("search_unanswered:index")).content.decode()
    assert "院坝夜话" in listed
    assert "设为同义词" in listed
    assert "设置推荐页面" in listed
    assert reverse("search_unanswered:add") not in listed
    add = reverse("search_synonyms:add")
    assert "院坝夜话" in client.get(add, {"words": "院坝夜话"}).content.decode()
    client.post(add, {"words": "院坝夜话 议事厅"})
    assert Synonym.objects.filter(words="院坝夜话 议事厅").exists()
    assert not Unanswered.objects.exists()
    add = reverse("search_promotions:add")
    client.post(add, {"words": "投诉", "page": page.pk, "note": "先看这里"})
    assert Promotion.objects.get().page_id == page.pk
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "site-search" in home
    for name in ("search_synonyms", "search_promotions"):
        assert client.get(reverse(f"{name}:index")).status_code == 200


def test_nobody_writes_what_nobody_asked(client: Client, admin_user: Any) -> None:
    client.force_login(admin_user)
    assert client.post(reverse("search_unanswered:add"), {"text": "x"}).status_code == 302
    assert not Unanswered.objects.exists()
    row = Unanswered.objects.create(text="院坝夜话", last_seen=datetime.date(2026, 3, 1))
    client.post(reverse("search_unanswered:edit", args=[row.pk]), {"text": "改了"})
    row.refresh_from_db()
    assert row.text == "院坝夜话"
    client.post(reverse("search_unanswered:delete", args=[row.pk]))
    assert not Unanswered.objects.exists()


@pytest.mark.parametrize("role", ["department", "unit", "taskforce"])
def test_others_neither_see_nor_reach_it(client: Client, role: str) -> None:
    cast = make_cast()
    client.force_login(cast[role])
    for name in ("search_synonyms", "search_promotions", "search_unanswered"):
        assert client.get(reverse(f"{name}:index")).status_code in (302, 403, 404)
    assert "site-search" not in client.get(reverse("wagtailadmin_home")).content.decode()


@pytest.mark.parametrize("words", ["廉洁", "廉洁 廉洁", "廉 洁", ""])
def test_synonyms_are_two_words_of_two_characters(
    client: Client, admin_user: Any, words: str
) -> None:
    client.force_login(admin_user)
    response = client.post(reverse("search_synonyms:add"), {"words": words})
    assert response.status_code == 200
    assert not Synonym.objects.filter(words=words).exists()


@pytest.mark.parametrize(
    "q",
    ["找张三 13800138000", "11010519491231002X", "6222 0202 0000 0000 000", "长" * 31, "x", "　"],
)
def test_what_may_tell_of_a_person_is_not_remembered(q: str) -> None:
    remember_unanswered(q)
    assert not Unanswered.objects.exists()


def test_a_question_counts_once_in_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        remember_unanswered("院坝　夜话")
    cache.clear()
    remember_unanswered("院壩 夜話")
    row = Unanswered.objects.get()
    assert (row.text, row.count) == ("院坝 夜话", 2)


def test_a_flood_of_questions_writes_little(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "IN_A_MINUTE", 3)
    for number in range(10):
        remember_unanswered(f"没有的词{number}")
    assert Unanswered.objects.count() <= 6  # a minute may end in between


def test_old_and_rare_questions_make_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "REMEMBERED", 20)
    today = datetime.date.today()  # noqa: DTZ011
    Unanswered.objects.create(
        text="老问题", count=99, last_seen=today - datetime.timedelta(days=181)
    )
    for number in range(20):
        Unanswered.objects.create(text=f"问题{number}", count=number + 1, last_seen=today)
    make_room()
    left = set(Unanswered.objects.values_list("text", flat=True))
    assert left == {f"问题{number}" for number in range(2, 20)}


def test_a_question_with_an_answer_is_settled() -> None:
    for text in ("院坝夜话", "夜话 院坝", "别的"):
        Unanswered.objects.create(text=text, last_seen=datetime.date(2026, 3, 1))
    settle("院坝夜话 议事厅")
    settle("夜话 院坝")
    assert Unanswered.objects.get().text == "别的"


def test_a_question_counts_when_the_cache_forgot_the_minute(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def forgotten(name: str) -> int:
        raise ValueError(name)

    monkeypatch.setattr(services.cache, "incr", forgotten)
    remember_unanswered("院坝夜话")
    assert Unanswered.objects.get().count == 1


def test_groups_that_have_rights_in_the_search_keep_just_those() -> None:
    group = Group.objects.get(name=group_name(Role.EDITOR))
    ours = group.permissions.filter(content_type__app_label="search")
    kept = ours.first()
    group.permissions.remove(*ours.exclude(pk=kept.pk))
    grant()
    assert list(ours.all()) == [kept]


def test_a_site_that_keeps_words_gets_those_of_residents_once() -> None:
    migration = import_module("search.migrations.0007_words_that_residents_say")
    Synonym.objects.all().delete()
    migration.join_more_words(apps, None)
    assert not Synonym.objects.exists(), "a site without any gets all of them after migrating"
    Synonym.objects.create(words=SAID[0])
    for _ in range(2):
        migration.join_more_words(apps, None)
    assert Synonym.objects.count() == len(SAID)


def test_every_group_that_is_delivered_could_be_saved_in_the_cms() -> None:
    assert len(set(WORDS)) == len(WORDS)
    for words in WORDS:
        Synonym(words=words).full_clean()


def test_a_site_that_keeps_words_gets_the_new_ones_once_and_names_as_they_sound() -> None:
    migration = import_module("search.migrations.0006_sounds_and_words")
    page = make_page()
    Name.objects.filter(page=page).update(reading="zhongliang", initials="zhl")
    Synonym.objects.all().delete()
    migration.join_more_words(apps, None)
    assert not Synonym.objects.exists(), "a site without any gets all of them after migrating"
    Synonym.objects.create(words=OTHERS[0])
    for _ in range(2):
        migration.join_more_words(apps, None)
        migration.loosen_names(apps, None)
    assert Synonym.objects.count() == len(OTHERS)
    assert set(Name.objects.filter(page=page).values_list("reading", "initials")) == {
        ("zonnian", "zn")
    }
