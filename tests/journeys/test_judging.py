"""A year is judged: drawn, exchanged, computed, overridden, frozen, objected to, announced, read, computed again."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
import time_machine
from playwright.sync_api import Page, expect

from home.tree import plant
from partybuilding.evaluation import recompute
from partybuilding.evaluation.models import Draw, Run, ScoreSheet
from partybuilding.evaluation.selectors.results import Reading
from partybuilding.evaluation.services import rate_daily
from partybuilding.evaluation.states import DrawKind
from tests.factories.evaluation import Judged, hold_draw, make_year, review, score, tomorrow
from tests.journeys.test_applicant_applies import OVERFLOW, sign_in

REASON = "该项目群众反响更好，经部务会研究。"
ANSWER = "经核对原始台账和现场照片，材料与现场情况一致。"


@pytest.fixture
def year(transactional_db: None) -> Judged:
    """Make a year in evaluation whose organisations have reviewed each other and units have rated."""
    plant()
    made = make_year(projects=4, groups=2, experts=3)
    hold_draw(made, DrawKind.PEERS)
    applicants = {cast.organization.pk: cast["applicant"] for cast in made.casts}
    for number, sheet in enumerate(ScoreSheet.objects.of_peers().order_by("pk")):
        review(sheet, applicants[sheet.reviewer_id], f"{90 - number}")
    for number, (project, cast) in enumerate(zip(made.projects, made.casts, strict=True)):
        for by in (cast["unit"], made.task_force):
            rate_daily(project, 95 - 2 * number, by=by)
    return made


def test_a_year_is_judged_from_the_draw_to_the_objectors_own_computation(
    live_server: Any,
    desk: Page,
    open_page: Any,
    picture: Any,
    axe: Any,
    year: Judged,
    tmp_path: Path,
) -> None:
    page, base = desk, f"{live_server.url}/admin/party/evaluation/{year.cycle.year}/"
    sign_in(page, live_server.url, year.department)
    page.goto(f"{base}draws/")
    page.get_by_role("link", name="发布抽取公告").first.click()
    page.get_by_role("button", name="发布抽取公告").click()
    digest = Draw.objects.get(kind=DrawKind.GROUPS).commitment
    expect(page.get_by_text(digest).first).to_be_visible()
    expect(page.get_by_role("link", name="抽取", exact=True)).to_have_count(0)
    picture(page, "draw_announced")

    with time_machine.travel(tomorrow()):
        sign_in(page, live_server.url, year.department)
        hold_and_exchange(page, base, picture)
        score_all(year)
        compute_and_freeze(page, base, picture, year)
        run = Run.objects.get(state="noticed")
        results = f"{live_server.url}/results/{year.cycle.year}/"
        objector = object_to(open_page(390, 844), results, picture, axe, year)
        dismiss(page, run, live_server.url, picture)
    with time_machine.travel(tomorrow(12)):
        sign_in(page, live_server.url, year.department)
        announce(page, run, live_server.url, picture)
        read(objector, results, picture, axe, year)
        compute_again(page, run, live_server.url, tmp_path)
    assert page.errors + objector.errors == []


def send(page: Page) -> None:
    """Send the form of a step."""
    page.locator(".party-step__form button.button").first.click()


def hold_and_exchange(page: Page, base: str, picture: Any) -> None:
    """Hold the draw before the witness, exchange two projects, put it into force."""
    page.goto(f"{base}draws/")
    page.get_by_role("link", name="查看抽取").first.click()
    page.get_by_role("link", name="抽取", exact=True).click()
    page.locator("[name=witness_name]").fill("李公证")
    page.locator("[name=witness_words]").fill("七月流火，九月授衣")
    send(page)
    expect(page.get_by_text("七月流火，九月授衣").first).to_be_visible()
    picture(page, "draw_held")
    draw = Draw.objects.get(kind=DrawKind.GROUPS)
    groups = draw.result["groups"]
    code = sorted(groups)[0]
    other = next(one for one in sorted(groups) if groups[one] != groups[code])
    page.get_by_role("link", name="调换项目").click()
    page.locator("[name=project]").select_option(code)
    page.locator("[name=group]").select_option(groups[other])
    page.locator("[name=other]").select_option(other)
    page.locator("[name=reason]").fill("专业更为对口。")
    picture(page, "exchange")
    send(page)
    expect(page.get_by_text("专业更为对口。").first).to_be_visible()
    page.get_by_role("link", name="确认生效").click()
    send(page)
    expect(page.get_by_text("已生效").first).to_be_visible()


def score_all(year: Judged) -> None:
    """Let every expert hand their sheets in."""
    sheets = ScoreSheet.objects.of_experts().filter(cycle=year.cycle).order_by("pk")
    for number, sheet in enumerate(sheets.select_related("judge", "project", "cycle")):
        score(sheet, f"{95 - 3 * year.projects.index(sheet.project) - number % 3}")


def compute_and_freeze(page: Page, base: str, picture: Any, year: Judged) -> None:
    """Compute, look at the preview, exchange two grades with a reason, freeze, open to comment."""
    page.goto(f"{base}runs/")
    page.get_by_role("button", name="开始计算").click()
    expect(page.get_by_text("预览中").first).to_be_visible()
    picture(page, "preview")
    first, second = Reading(Run.objects.get()).lines[:2]
    assert first.grade is not None
    assert second.grade is not None
    page.get_by_role("link", name="调整等次").click()
    for at, (line, grade) in enumerate(((first, second.grade), (second, first.grade)), start=1):
        page.locator(f"[name=project_{at}]").select_option(line.name)
        page.locator(f"[name=grade_{at}]").select_option(grade.code)
    page.locator("[name=reason]").fill(REASON)
    picture(page, "override")
    send(page)
    expect(page.get_by_text(REASON).first).to_be_visible()
    for step, state in (("冻结", "已冻结"), ("公示评审结果", "公示中")):
        page.get_by_role("link", name=step).click()
        send(page)
        expect(page.get_by_text(state).first).to_be_visible()
    picture(page, "noticed")
    page.goto(f"{page.url.split('/admin')[0]}/admin/party/cycles/{year.cycle.pk}/")
    picture(page, "cycle")


def object_to(page: Page, results: str, picture: Any, axe: Any, year: Judged) -> Page:
    """Let a resident read what is open to comment, and object to it."""
    page.goto(results)
    picture(page, "comment")
    assert page.evaluate(OVERFLOW) == 0
    assert axe(page) == []
    page.get_by_role("link", name="提出异议").first.click()
    page.locator("[name=name]").fill("王示例")
    page.locator("[name=contact]").fill("13800000000")
    page.locator("[name=text]").fill("展板上的数字与现场情况不一致。")
    page.wait_for_timeout(4000)
    page.get_by_role("button", name="提交异议").click()
    expect(page.get_by_text("已收到").first).to_be_visible()
    picture(page, "objected")
    assert axe(page) == []
    return page


def dismiss(page: Page, run: Run, base: str, picture: Any) -> None:
    """Examine the objection and dismiss it with a reason; until then nothing can be announced."""
    page.goto(f"{base}/admin/party/results/objections/{run.objections.get().pk}/")
    page.get_by_role("link", name="受理核查").click()
    send(page)
    page.get_by_role("link", name="认定异议不成立").click()
    page.locator("[name=reason]").fill(ANSWER)
    picture(page, "dismiss")
    send(page)
    expect(page.get_by_text(ANSWER).first).to_be_visible()


def announce(page: Page, run: Run, base: str, picture: Any) -> None:
    """Announce all grades at once."""
    page.goto(f"{base}/admin/party/results/runs/{run.pk}/")
    page.get_by_role("link", name="公布结果").click()
    send(page)
    expect(page.get_by_text("已公布").first).to_be_visible()
    picture(page, "announced")


def read(page: Page, results: str, picture: Any, axe: Any, year: Judged) -> None:
    """Let a resident read who got which grade, by what, and what fixes it."""
    page.goto(results)
    page.locator("summary", has_text="未评等次").click()
    for project in year.projects:
        expect(page.get_by_text(project.title).first).to_be_visible()
    run = Run.objects.get(state="announced")
    page.get_by_text("查看校验值").click()
    expect(page.get_by_text(run.digest).first).to_be_visible()
    expect(page.get_by_text(run.seals_root).first).to_be_visible()
    picture(page, "results")
    assert page.evaluate(OVERFLOW) == 0
    assert axe(page) == []


def compute_again(page: Page, run: Run, base: str, folder: Path) -> None:
    """Hand the objector the files; their own computer says the same, and no to a changed one."""
    answer = page.context.request.get(f"{base}/admin/party/results/runs/{run.pk}/recompute.zip")
    with zipfile.ZipFile(io.BytesIO(answer.body())) as archive:
        archive.extractall(folder)
    file = next(folder.rglob("run.json"))
    digest = Run.objects.get(pk=run.pk).digest
    assert recompute.main(str(file), digest) == 0
    told = json.loads(file.read_text())
    told["inputs"]["sheets"][0]["points"] = "1"
    file.write_text(json.dumps(told))
    assert recompute.main(str(file), digest) != 0
