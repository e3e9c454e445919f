"""The staff screens of brands: who opens them, what each role is offered, what they write."""

from typing import Any

import pytest
from django.urls import reverse

from partybuilding.brands.models import Brand
from partybuilding.brands.services import save_brand, start_brand
from partybuilding.core.desk.lines import desk_of
from partybuilding.core.machine.refusals import ConditionUnmet, Frozen, NotYours
from partybuilding.core.models import Notice
from partybuilding.core.selectors import trail_of
from partybuilding.core.services import move
from partybuilding.core.states import Role
from tests.factories import Cast, make_cast, make_organization, make_person, make_project
from tests.factories.screens import client_of, queries_of
from tests.factories.spread import make_brand, publish_brand_page, take_brand

pytestmark = pytest.mark.django_db
REGISTER = "/admin/party/brands/"
STEPS = {"nominate", "recognise", "decline", "promote", "revoke"}


def address(brand: Brand, name: str = "brand", *args: Any) -> str:
    return reverse(f"partybuilding:{name}", args=[brand.pk, *args])


def offered(user: Any, brand: Brand) -> set[str]:
    """Return the steps that the file of a brand leads to."""
    found = client_of(user).get(address(brand)).text
    return {step for step in STEPS if f'href="{address(brand, "brand_step", step)}' in found}


def now(brand: Brand) -> Brand:
    return Brand.objects.get(pk=brand.pk)


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("unit", 200),
        ("department", 200),
        ("taskforce", 200),
        ("auditor", 200),
        ("editor", 200),
        ("publisher", 200),
        ("applicant", 302),
        ("expert", 302),
    ],
)
def test_each_role_opens_register_and_file_as_it_may(cast: Cast, role: str, status: int) -> None:
    brand = make_brand("nominated", cast)
    for url in (REGISTER, f"{REGISTER}results/", address(brand)):
        assert client_of(cast[role]).get(url).status_code == status


def test_a_brand_of_another_unit_does_not_exist(cast: Cast) -> None:
    brand = make_brand("draft", cast)
    stranger = client_of(make_person(Role.UNIT, make_organization().unit))
    assert brand.name not in stranger.get(REGISTER).text
    for url in (
        address(brand),
        address(brand, "brand_edit"),
        address(brand, "brand_step", "nominate"),
        reverse("partybuilding:brand_start", args=[brand.origins.get().project_id]),
    ):
        assert stranger.get(url).status_code == 404
    assert stranger.post(address(brand, "brand_page")).status_code == 404


@pytest.mark.parametrize(
    ("state", "role", "steps"),
    [
        ("draft", "editor", {"nominate"}),
        ("draft", "unit", {"nominate"}),
        ("draft", "department", set()),
        ("nominated", "department", {"recognise", "decline"}),
        ("nominated", "editor", set()),
        ("recognised", "department", {"revoke"}),
        ("promoted", "department", {"revoke"}),
        ("promoted", "publisher", set()),
        ("declined", "department", set()),
        ("revoked", "department", set()),
    ],
)
def test_the_steps_offered_are_those_of_the_role(
    cast: Cast, state: str, role: str, steps: set[str]
) -> None:
    brand = make_brand(state, cast)
    if state == "recognised":
        found = client_of(cast[role]).get(address(brand)).text
        assert "请先发布品牌页面。" in found
    assert offered(cast[role], brand) == steps


def test_a_recognised_brand_can_be_promoted_once_its_page_is_read(cast: Cast) -> None:
    brand = make_brand("recognised", cast)
    publish_brand_page(brand, cast)
    assert offered(cast["department"], brand) == {"promote", "revoke"}


@pytest.mark.parametrize(
    ("state", "step", "role", "given", "target"),
    [
        ("draft", "nominate", "unit", {"reason": "群众认得。"}, "nominated"),
        ("nominated", "recognise", "department", {}, "recognised"),
        ("nominated", "decline", "department", {"reason": "特色不足。"}, "declined"),
        ("promoted", "revoke", "department", {"reason": "已不再开展。"}, "revoked"),
    ],
)
def test_each_step_is_taken_by_its_form(
    cast: Cast, state: str, step: str, role: str, given: dict[str, str], target: str
) -> None:
    brand = make_brand(state, cast)
    client, url = client_of(cast[role]), address(brand, "brand_step", step)
    form = client.get(url)
    assert form.status_code == 200
    assert brand.name in form.text
    answer = client.post(url, {"seen": now(brand).version, **given})
    assert answer["Location"] == address(brand)
    assert now(brand).state == target


@pytest.mark.parametrize(
    ("state", "step", "role", "reason", "words"),
    [
        ("draft", "nominate", "editor", "", "请"),
        ("nominated", "decline", "department", "  ", "此项必填"),
        ("promoted", "revoke", "department", "联系人电话13800138000", "手机"),
    ],
)
def test_what_is_missing_or_may_not_be_public_is_said_and_kept(
    cast: Cast, state: str, step: str, role: str, reason: str, words: str
) -> None:
    brand = make_brand(state, cast)
    sent = {"seen": now(brand).version, "reason": reason}
    answer = client_of(cast[role]).post(address(brand, "brand_step", step), sent)
    assert answer.status_code == 200
    assert words in str(answer.context["form"].errors)
    assert now(brand).state == state


def test_somebody_elses_or_a_past_step_is_refused_in_words(cast: Cast) -> None:
    brand = make_brand("nominated", cast)
    answer = client_of(cast["editor"]).get(address(brand, "brand_step", "recognise"))
    assert (answer.status_code, "组织部" in answer.text) == (403, True)
    answer = client_of(cast["editor"]).get(address(brand, "brand_step", "nominate"))
    assert (answer.status_code, "待认定" in answer.text) == (409, True)
    assert client_of(cast["editor"]).get(address(brand, "brand_step", "fly")).status_code == 404


def test_a_decision_leads_on_to_the_next_brand_that_waits(cast: Cast) -> None:
    project = make_project("approved", cast)
    first, second = (make_brand("nominated", cast, project, name) for name in ("甲", "乙"))
    sent = {"seen": first.version, "and_next": "1"}
    officer = client_of(cast["department"])
    answer = officer.post(address(first, "brand_step", "recognise"), sent)
    assert answer["Location"] == address(second)


def test_the_unit_drafts_a_brand_from_a_projects_file(cast: Cast) -> None:
    project = make_project("implementing", cast)
    client = client_of(cast["unit"])
    start = reverse("partybuilding:brand_start", args=[project.pk])
    assert start in client.get(reverse("partybuilding:case", args=[project.pk])).text
    assert client.get(start).status_code == 200
    answer = client.post(start, {"name": "院坝说事"})
    brand = Brand.objects.get()
    assert answer["Location"] == address(brand)
    assert (brand.organization, brand.sector) == (project.organization, project.sector)
    file = client.get(reverse("partybuilding:case", args=[project.pk])).text
    assert address(brand) in file


def test_a_brand_of_what_was_never_approved_is_refused(cast: Cast) -> None:
    project = make_project("submitted", cast)
    start = reverse("partybuilding:brand_start", args=[project.pk])
    assert (
        start
        not in client_of(cast["unit"]).get(reverse("partybuilding:case", args=[project.pk])).text
    )
    answer = client_of(cast["unit"]).post(start, {"name": "院坝说事"})
    assert "品牌只能依托已立项的项目。" in answer.text
    with pytest.raises(NotYours):
        start_brand(project, by=cast["taskforce"])
    assert not Brand.objects.exists()


def test_name_and_projects_are_changed_while_it_is_a_draft(cast: Cast) -> None:
    brand = make_brand("draft", cast)
    first = brand.origins.get().project
    second = make_project("approved", cast, title="第二个项目")
    client, url = client_of(cast["unit"]), address(brand, "brand_edit")
    assert f"{first.code} {first.title}" in client.get(url).text
    sent = {"name": "新名称", "project_0": first.code, "project_1": second.code}
    assert client.post(url, sent)["Location"] == address(brand)
    assert [origin.project for origin in now(brand).origins.all()] == [first, second]
    client.post(url, {"name": "新名称", "project_0": second.code})
    assert [origin.project for origin in now(brand).origins.all()] == [second]
    assert [row.step for row in trail_of(brand)] == ["create", "edit", "edit"]
    refused = client.post(url, {"name": "", "project_0": second.code})
    assert set(refused.context["form"].errors) == {"name"}


def test_after_the_nomination_nothing_is_changed(cast: Cast) -> None:
    brand = make_brand("nominated", cast)
    project = brand.origins.get().project
    assert address(brand, "brand_edit") not in client_of(cast["editor"]).get(address(brand)).text
    answer = client_of(cast["editor"]).post(
        address(brand, "brand_edit"), {"name": "改名", "project_0": project.code}
    )
    assert "提交认定前" in answer.text
    with pytest.raises(Frozen):
        save_brand(brand, by=cast["editor"], name="改名")
    assert save_brand(brand, by=cast["editor"], name=brand.name) == brand


def test_a_brand_never_loses_its_name_or_its_last_project(cast: Cast) -> None:
    brand = make_brand("draft", cast)
    with pytest.raises(ConditionUnmet):
        save_brand(brand, by=cast["editor"], name=" ")
    with pytest.raises(ConditionUnmet):
        save_brand(brand, by=cast["editor"], projects=[])
    with pytest.raises(ConditionUnmet):
        save_brand(brand, by=cast["editor"], projects=[make_project("submitted", cast)])


def test_what_became_incomplete_behind_the_form_cannot_be_nominated(cast: Cast) -> None:
    brand = make_brand("draft", cast)
    Brand.objects.filter(pk=brand.pk).update(name=" ")
    brand.origins.all().delete()
    with pytest.raises(ConditionUnmet) as refused:
        move(now(brand), "nominate", by=cast["editor"], reason="理由")
    assert refused.value.sentences == ("请填写品牌名称。", "请至少填写一个品牌依托的项目。")


def test_the_page_is_begun_once_and_only_while_it_may_come_out(cast: Cast) -> None:
    brand = make_brand("draft", cast)
    editor, url = client_of(cast["editor"]), address(brand, "brand_page")
    assert url in editor.get(address(brand)).text
    assert editor.get(url).status_code == 405
    first = editor.post(url)["Location"]
    assert editor.post(url)["Location"] == first
    page = now(brand).page
    assert (page.title, page.live, str(page.pk) in first) == (brand.name, False, True)
    assert page.summary
    assert len(page.story) == 4
    assert url not in editor.get(address(brand)).text
    assert url not in client_of(cast["unit"]).get(address(brand)).text
    declined = make_brand("declined", cast, brand.origins.get().project)
    assert editor.post(address(declined, "brand_page"))["Location"] == address(declined)
    unit = client_of(cast["unit"]).post(address(declined, "brand_page"))
    assert unit["Location"] == address(declined)
    assert not hasattr(now(declined), "page")


def test_those_concerned_are_told(cast: Cast) -> None:
    brand = make_brand("promoted", cast)
    take_brand(brand, "revoke", cast)

    def told(role: str) -> list[str]:
        notices = Notice.objects.to(cast[role]).order_by("pk").values_list("subject", flat=True)
        return [subject for subject in notices if brand.name in subject]

    assert told("department") == ["品牌待认定：红色驿站"]
    rest = ["品牌已认定：红色驿站", "品牌列入推广：红色驿站", "品牌认定已撤销：红色驿站"]
    assert told("editor") == told("unit") == told("applicant") == rest
    assert told("publisher") == rest[-1:]
    assert Notice.objects.to(cast["applicant"]).first().body == "做法已不再开展。"


def test_the_desk_counts_what_waits_for_each(cast: Cast) -> None:
    project = make_project("approved", cast)
    for state in ("draft", "nominated", "recognised"):
        make_brand(state, cast, project, state)

    def lines(role: str) -> dict[str, int]:
        return {
            str(line.label): line.count for line in desk_of(cast[role]) if "品牌" in str(line.label)
        }

    assert lines("department") == {"品牌：待认定": 1}
    assert lines("unit") == {"品牌：拟报": 1}
    assert lines("editor") == {"品牌：拟报": 1, "品牌：已认定待发布页面": 1}
    assert lines("publisher") == {"品牌：已认定待发布页面": 1}
    assert lines("applicant") == {}
    editor = client_of(cast["editor"])
    for line in desk_of(cast["editor"]):
        assert editor.get(line.url).status_code == 200


NARROWED = {
    "desk=mine": {"nominated"},
    "state=draft&state=recognised": {"draft", "recognised"},
    "due=soon": set(),
    "page=hidden": {"recognised"},
    "page=live": {"promoted"},
    "sector=urban": {"draft", "nominated", "recognised", "promoted"},
    "sector=rural": set(),
    "q=nomi": {"nominated"},
    "state=unknown": {"draft", "nominated", "recognised", "promoted"},
}


def test_the_register_is_narrowed_as_its_address_says(cast: Cast) -> None:
    project = make_project("approved", cast)
    names = ("draft", "nominated", "recognised", "promoted")
    for state in names:
        make_brand(state, cast, project, state)
    officer = client_of(cast["department"])
    for query, wanted in NARROWED.items():
        shown = officer.get(f"{REGISTER}results/?{query}").context["object_list"]
        assert {brand.name for brand in shown} == wanted, query


def test_the_register_asks_as_often_for_many_brands_and_exports_them(cast: Cast) -> None:
    project = make_project("approved", cast)
    make_brand("nominated", cast, project)
    client = client_of(cast["department"])
    client.get(REGISTER)
    few = queries_of(client, REGISTER)
    for _ in range(8):
        make_brand("nominated", cast, project)
    assert queries_of(client, REGISTER) == few
    answer = client.get(f"{REGISTER}?export=xlsx")
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")


def test_the_page_editor_leads_to_file_and_steps(cast: Cast) -> None:
    brand = make_brand("draft", cast)
    editor = client_of(cast["editor"])
    editor.post(address(brand, "brand_page"))
    edit = reverse("wagtailadmin_pages:edit", args=[now(brand).page.pk])
    found = editor.get(edit).text
    assert address(brand) in found
    assert address(brand, "brand_step", "nominate") in found
    explorer = reverse("wagtailadmin_explore", args=[now(brand).page.get_parent().pk])
    assert "红色驿站（拟报）" in editor.get(explorer).text
    assert (
        address(brand, "brand_step", "nominate") not in client_of(cast["publisher"]).get(edit).text
    )


def test_the_trail_leads_to_the_brand(cast: Cast) -> None:
    brand = make_brand("nominated", cast)
    found = client_of(cast["department"]).get("/admin/party/trail/?machine=brand").text
    assert address(brand) in found
