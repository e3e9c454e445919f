"""Page texts in packs: words alone, taken over as drafts, and only what is ticked."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Site

from home.models import HomePage, TextPage
from home.pack_pages import GUIDE, PAGES
from partybuilding.core.machine.refusals import ConditionUnmet, NotYours
from partybuilding.core.states import Role
from partybuilding.core.words.actors import ACTORS
from partybuilding.cycles.models import Cycle
from partybuilding.cycles.words.services import Row, rows_of, save_words
from partybuilding.packs.file import Pack, read_pack
from partybuilding.packs.item import Target
from partybuilding.packs.items import items
from partybuilding.packs.services import apply_pack, differences, pack_of
from partybuilding.packs.shipped import shipped
from tests.factories import make_cycle, make_person, open_cycle
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db
KEYS = ["pages.home", *(f"pages.{slug}" for slug in PAGES)]
ABOUT = [
    "关于本栏",
    "学校办的事，都在这里。",
    [["heading", "公开什么"], ["paragraph", "<b>承诺</b>&结果"]],
]
RICH = [
    ["heading", "怎样申报"],
    ["subheading", "准备"],
    ["paragraph", "先选题，再填表。"],
    ["point", "一项目一方案。"],
    ["point", "切口要小。"],
    ["number", "填写。"],
    ["number", "提交。"],
    ["paragraph", "提交后可以查进度。"],
]


@pytest.fixture
def administrator() -> Any:
    return make_user(is_superuser=True, is_staff=True)


def pack(**pages: Any) -> Pack:
    return Pack("试用方案", {f"pages.{slug}": value for slug, value in pages.items()})


def take(by: Any, **pages: Any) -> Cycle:
    one = pack(**pages)
    return apply_pack(make_cycle(), one, list(one.content), by=by)


def item(key: str) -> Any:
    return next(one for one in items() if one.key == key)


def stands(slug: str) -> Any:
    key = f"pages.{slug}"
    return item(key).read(Target(make_cycle()))


def test_a_site_as_it_began_says_nothing_of_its_pages() -> None:
    content = pack_of(make_cycle()).content
    assert [content[key] for key in KEYS] == [None] * 5


def test_names_of_actors_are_no_text_of_ones_own() -> None:
    officer = make_person(Role.DEPARTMENT)
    rows = [
        Row(row.code, "学校" if row.code == "organization" else row.label)
        for row in rows_of(ACTORS)
    ]
    save_words(ACTORS, rows, by=officer)
    assert [pack_of(make_cycle()).content[key] for key in KEYS] == [None] * 5


def test_a_text_comes_as_a_draft_and_residents_read_on_as_before(administrator: Any) -> None:
    before = TextPage.objects.get(slug="about")
    lead_before = HomePage.objects.get().lead
    take(administrator, about=ABOUT, home="全区学校，一起看。")
    page = TextPage.objects.get(slug="about")
    assert (page.live, page.lead, page.has_unpublished_changes) == (True, before.lead, True)
    assert HomePage.objects.get().lead == lead_before
    draft = page.get_latest_revision_as_object()
    assert draft.lead == ABOUT[1]
    assert "&lt;b&gt;承诺&lt;/b&gt;&amp;结果" in str(draft.body)
    assert page.latest_revision.user == administrator
    assert stands("about") == ABOUT
    assert stands("home") == "全区学校，一起看。"


def test_a_page_that_is_not_here_is_made_as_a_draft(administrator: Any) -> None:
    value = ["办事指南", "怎样申报和办理。", RICH]
    take(administrator, guide=value)
    page = TextPage.objects.get(slug=GUIDE)
    assert not page.live
    assert page.get_parent().specific == Site.objects.get(is_default_site=True).root_page.specific
    assert stands(GUIDE) == value
    page.get_latest_revision().publish()
    assert stands(GUIDE) == value


def test_what_goes_out_comes_back_byte_by_byte(administrator: Any) -> None:
    take(administrator, about=ABOUT, home="一起看。", guide=["办事指南", "", RICH])
    before = pack_of(make_cycle()).written()
    TextPage.objects.get(slug=GUIDE).delete()
    for page in (TextPage.objects.get(slug="about"), HomePage.objects.get()):
        page.revisions.all().delete()
        type(page).objects.filter(pk=page.pk).update(latest_revision=None)
    cycle, again = make_cycle(), read_pack(before)
    apply_pack(cycle, again, again.content.keys(), by=administrator)
    assert Pack(again.name, pack_of(Cycle.objects.get(pk=cycle.pk)).content).written() == before
    count = TextPage.objects.get(slug="about").revisions.count()
    assert differences(cycle, again, by=administrator) == []
    apply_pack(cycle, again, again.content.keys(), by=administrator)
    assert TextPage.objects.get(slug="about").revisions.count() == count


def test_what_was_written_here_is_shown_and_kept_unless_it_is_ticked(administrator: Any) -> None:
    page = TextPage.objects.get(slug="about")
    page.lead = "本区自己写的一句。"
    page.save_revision(user=administrator).publish()
    cycle = make_cycle()
    found = {
        one.key: one
        for one in differences(cycle, pack(about=ABOUT, guide=["指南", "", RICH]), by=administrator)
    }
    assert not found["pages.about"].is_ticked
    assert "本区自己写的一句。" in found["pages.about"].here
    assert "<b>承诺</b>&结果" in found["pages.about"].there
    assert found["pages.guide"].is_ticked
    assert found["pages.guide"].here == "暂无此页面。"
    open_cycle()
    later = differences(cycle, pack(guide=["指南", "", RICH]), by=administrator)
    assert [one.is_ticked for one in later] == [False]


def test_a_pack_as_delivered_leads_back_to_the_delivered_text_as_a_draft(
    administrator: Any,
) -> None:
    take(administrator, about=ABOUT, guide=["指南", "", RICH])
    take(administrator, about=None, guide=None)
    assert stands("about") is None
    assert stands(GUIDE) == ["指南", "", RICH]  # no site begins with one: what is here stays


def test_pictures_and_marks_of_an_own_page_stay_at_home(administrator: Any) -> None:
    page = TextPage.objects.get(slug="about")
    page.body = [
        {"type": "heading", "value": "说明"},
        {
            "type": "text",
            "value": '<p>见<a href="https://example.org">网站</a>，<b>务必</b>看。</p>',
        },
        {"type": "quote", "value": {"text": "好", "who": "群众"}},
    ]
    page.save_revision(user=administrator)
    assert stands("about")[2] == [["heading", "说明"], ["paragraph", "见网站，务必看。"]]


@pytest.mark.parametrize("role", [Role.DEPARTMENT, Role.EDITOR])
def test_who_may_not_write_a_page_takes_none_over(role: Role) -> None:
    person = make_person(role)
    assert item("pages.guide").may(person) is False
    assert item("pages.about").may(person) is (role == Role.EDITOR)
    if role == Role.DEPARTMENT:
        with pytest.raises(NotYours):
            take(person, about=ABOUT)
        assert TextPage.objects.get(slug="about").latest_revision is None


def test_a_page_with_its_reviewers_is_left_alone(administrator: Any) -> None:
    page = TextPage.objects.get(slug="about")
    page.locked, page.locked_by = True, make_person(Role.PUBLISHER)
    page.save()
    with pytest.raises(ConditionUnmet, match="关于本栏"):
        take(administrator, about=ABOUT)


@pytest.mark.parametrize(
    "value",
    [
        "文字",
        ["题", "导语"],
        ["", "导语", RICH],
        ["题", "导" * 161, RICH],
        ["题", "导语", []],
        ["题", "导语", [["script", "x"]]],
        ["题", "导语", [["paragraph", " "]]],
        ["题", "导语", [["paragraph", 3]]],
        ["题", "导语", [["paragraph", "长" * 2001]]],
        ["题", "导语", [["paragraph", "请打13812345678"]]],
        ["题", "导语", [["paragraph", "一"]] * 201],
    ],
)
def test_what_is_no_text_of_a_page_is_refused(value: Any) -> None:
    with pytest.raises(ValidationError):
        item("pages.about").put(Target(make_cycle()), value)


@pytest.mark.parametrize("value", [3, "导" * 121, "请打13812345678"])
def test_what_is_no_lead_is_refused(value: Any) -> None:
    with pytest.raises(ValidationError):
        item("pages.home").put(Target(make_cycle()), value)


@pytest.mark.parametrize("name", ["reference", "school", "township"])
def test_each_delivered_pack_brings_a_guide(name: str, administrator: Any) -> None:
    one = shipped()[name]
    chosen = [key for key in one.content if key.startswith(("pages.", "words."))]
    apply_pack(make_cycle(), one, chosen, by=administrator)
    assert not TextPage.objects.get(slug=GUIDE).live
    assert stands(GUIDE) == one.content["pages.guide"]
