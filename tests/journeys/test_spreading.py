"""What spreads: an applicant learns from a case, a resident reads cases and brands on a phone."""

from typing import Any

import pytest
from django.core.files.base import ContentFile
from playwright.sync_api import Page, expect
from wagtail.images import get_image_model

from partybuilding.projects.models import Project
from tests.factories import make_cast, make_project
from tests.factories.pictures import photograph
from tests.factories.programme import announce_cycle, open_cycle
from tests.factories.site import make_page_of
from tests.factories.sources import adopt, carry_out
from tests.factories.spread import make_brand, make_case, publish_brand_page, publish_case_page
from tests.journeys.test_public_pages import SMALLER, TOO_WIDE, with_view

STEPS = {
    "name": "“12345”工作法",
    "steps": [{"title": "一核引领", "text": "支部牵头。"}, {"title": "两网联动", "text": ""}],
}


class Stage:
    """A published case that one organisation has learnt from, a brand, and an applicant of another."""

    def __init__(self) -> None:
        past = make_cast(open_cycle(year=2041))
        project = make_project("graded", past)
        announce_cycle(past.cycle, past["department"])
        make_page_of(project, past)
        self.case = publish_case_page(make_case("selected", past, project).page, past)
        self.case.practice = [{"type": "steps", "value": STEPS}]
        self.case.results = list(self._results())
        self.case.save()
        self.brand = publish_brand_page(make_brand("recognised", past, project), past)
        self.brand.logo = self.picture(3)
        place = {"name": "街角驿站", "address": "城南街道（示例）", "note": "全年开放"}
        self.brand.places = [{"type": "place", "value": place}]
        self.brand.save()
        first = make_cast(open_cycle(year=2042))
        self.learnt = carry_out(adopt(self.case.case, first), first, "学来的议事厅")
        self.cast = make_cast(first.cycle)
        other = make_case("selected", first, make_project("graded", first))
        publish_case_page(other.page, first)

    def picture(self, number: int) -> Any:
        file = ContentFile(photograph(number, (640, 360)), name=f"s{number}.jpg")
        return get_image_model().objects.create(title="院坝", file=file)

    def _results(self) -> Any:
        pair = {
            name: {"image": self.picture(at).pk, "caption": "院坝", "alt": f"{at}号院坝"}
            for at, name in enumerate(("before", "after"))
        }
        rows = [{"label": "承诺兑现", "value": "4项中办结4项"}]
        figure = {"number": "407", "unit": "户", "label": "就近办照", "source": "台账（示例）"}
        yield {"type": "facts", "value": {"title": "项目一览", "rows": rows}}
        yield {"type": "before_after", "value": pair}
        yield {"type": "statistic", "value": figure}

    @property
    def pages(self) -> list[str]:
        return [self.case.url, self.brand.url, self.learnt.page.url, "/brands/text/", "/cases/"]


@pytest.fixture
def stage(transactional_db: None) -> Stage:
    return Stage()


def sign_in(page: Page, user: Any) -> None:
    page.get_by_label("用户名").fill(user.username)
    page.get_by_label("密码").fill("demo")
    page.get_by_role("button", name="登录").click()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_an_applicant_learns_from_a_case(
    live_server: Any, stage: Stage, open_page: Any, axe: Any, picture: Any, scripts: bool
) -> None:
    phone = open_page(390, 844, java_script_enabled=scripts)
    phone.goto(live_server.url + stage.case.url)
    phone.get_by_role("link", name="学习借鉴这个案例").click()
    sign_in(phone, stage.cast["applicant"])
    expect(phone.get_by_text(stage.case.title).first).to_be_visible()
    picture(phone, "choose")
    if scripts:
        phone.locator("main summary").last.click()
        assert axe(phone) == []
        assert phone.evaluate(TOO_WIDE) <= 0
        assert phone.evaluate(SMALLER, 44) == []
    phone.get_by_role("button", name="学习借鉴这个案例").click()
    expect(phone.get_by_text("请逐项核对修改")).to_be_visible()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("学习借鉴：")
    picture(phone, "begun")
    draft = Project.objects.get(organization=stage.cast.organization)
    assert draft.source.case == stage.case.case
    phone.goto(f"{live_server.url}/portal/start/from/?case={stage.case.slug}")
    phone.get_by_role("button", name="学习借鉴这个案例").click()
    expect(phone.get_by_text("请在这里继续填写")).to_be_visible()
    assert Project.objects.filter(organization=stage.cast.organization).count() == 1


def test_a_resident_reads_cases_and_brands_on_a_phone(
    live_server: Any, stage: Stage, open_page: Any, picture: Any
) -> None:
    phone = open_page(390, 844, java_script_enabled=False)
    phone.goto(f"{live_server.url}/cases/")
    phone.locator(".list-filters > summary").click()
    phone.get_by_label("关键词").fill(stage.case.title[:4])
    phone.get_by_text("更多筛选条件").click()
    phone.get_by_label("评定等次").select_option("first")
    phone.get_by_label("年度").select_option("2041")
    phone.locator(".filters details").get_by_role("button", name="搜索").click()
    picture(phone, "library")
    phone.locator("main").get_by_role("link", name=stage.case.title).click()
    expect(phone.get_by_text("已有1个单位学习借鉴本案例")).to_be_visible()
    expect(phone.get_by_text("“12345”工作法")).to_be_visible()
    picture(phone, "case")
    phone.get_by_role("link", name="学来的议事厅").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("学来的议事厅")
    phone.goto(f"{live_server.url}/brands/")
    phone.get_by_role("link", name="纯文字展示").click()
    expect(phone.locator("main img")).to_have_count(0)
    picture(phone, "words")
    phone.get_by_role("link", name=stage.brand.title).click()
    expect(phone.get_by_text("历年认定与荣誉")).to_be_visible()
    expect(phone.get_by_text("街角驿站")).to_be_visible()
    picture(phone, "brand")
    phone.emulate_media(media="print")
    expect(phone.locator(".footer").first).to_be_hidden()
    assert phone.context.cookies() == []


@pytest.mark.parametrize(("width", "view"), [(320, "large"), (1280, "normal")])
def test_axe_finds_nothing_on_what_spreads(
    live_server: Any, stage: Stage, open_page: Any, axe: Any, width: int, view: str
) -> None:
    page = open_page(width, 900)
    for path in stage.pages:
        page.goto(live_server.url + with_view(path, view))
        for more in page.locator("main summary").all():
            more.evaluate("one => { one.parentElement.open = true; }")
        assert axe(page) == [], path
        assert page.evaluate(TOO_WIDE) <= 0, path
        assert page.evaluate(SMALLER, 60 if view == "large" else 44) == [], path
    assert page.errors == []
