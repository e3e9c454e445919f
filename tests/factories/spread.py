"""Brands and case studies in any state, with their pages, brought there by the people who would do it."""

from typing import Any

from django.db import connection

from partybuilding.brands.models import Brand
from partybuilding.brands.pages import BrandPage
from partybuilding.brands.services import begin_page as begin_brand_page
from partybuilding.brands.services import start_brand
from partybuilding.cases.models import CaseStudy
from partybuilding.cases.pages import CaseStudyPage
from partybuilding.cases.services import start_case
from partybuilding.core.services import move
from partybuilding.projects.models import Project
from tests.factories.projects import Cast, make_cast, make_project
from tests.replay import replayed

#: What each step asks for, and who takes it.
BRAND_INPUTS: dict[str, tuple[str, dict[str, Any]]] = {
    "nominate": ("editor", {"reason": "群众认得、做法成熟。"}),
    "recognise": ("department", {"reason": "同意认定。"}),
    "decline": ("department", {"reason": "名称看不出特色。"}),
    "recall": ("editor", {"reason": "名称还要商量。"}),
    "take_back": ("department", {"reason": "名单核对有误。"}),
    "stop_promoting": ("department", {"reason": "推广期已满。"}),
    "reopen": ("department", {"reason": "经核查做法仍在开展。"}),
    "promote": ("department", {"reason": "在全区推广。"}),
    "revoke": ("department", {"reason": "做法已不再开展。"}),
}
BRAND_WAYS: dict[str, tuple[str, ...]] = {
    "draft": (),
    "nominated": ("nominate",),
    "recognised": ("nominate", "recognise"),
    "promoted": ("nominate", "recognise", "promote"),
    "declined": ("nominate", "decline"),
    "revoked": ("nominate", "recognise", "revoke"),
}
CASE_INPUTS: dict[str, tuple[str, dict[str, Any]]] = {
    "submit": ("editor", {}),
    "select": ("department", {"reason": "入选。"}),
    "send_back": ("department", {"reason": "请补充数据。"}),
    "decline": ("department", {"reason": "与已入选案例重复。"}),
    "recall": ("editor", {"reason": "数据还要核对。"}),
    "take_back": ("department", {"reason": "名单核对有误。"}),
    "reopen": ("department", {"reason": "经核查内容属实。"}),
    "publish": ("publisher", {}),
    "retract": ("department", {"reason": "内容与事实不符。"}),
}
CASE_WAYS: dict[str, tuple[str, ...]] = {
    "draft": (),
    "submitted": ("submit",),
    "selected": ("submit", "select"),
    "published": ("submit", "select", "publish"),
    "not_selected": ("submit", "decline"),
    "retracted": ("submit", "select", "publish", "retract"),
}


@replayed
def make_brand(
    state: str = "draft",
    cast: Cast | None = None,
    project: Project | None = None,
    name: str = "红色驿站",
) -> Brand:
    """Make a brand that grew from an approved project, and bring it to a state."""
    cast = cast or make_cast()
    project = project or make_project("approved", cast)
    before = Brand.objects.filter(projects=project, name__startswith=name).count()
    name = f"{name}{before + 1}" if before else name
    brand = start_brand(project, by=cast["editor"], name=name)
    for step in BRAND_WAYS[state]:
        brand = take_brand(brand, step, cast)
    return brand


def take_brand(brand: Brand, step: str, cast: Cast) -> Brand:
    """Take one step with everything it asks for."""
    if step == "promote":
        publish_brand_page(brand, cast)
    who, extra = BRAND_INPUTS[step]
    return move(Brand.objects.get(pk=brand.pk), step, by=cast[who], **extra)


@replayed
def write_brand_page(brand: Brand, cast: Cast) -> BrandPage:
    """Write the page of a brand, as a draft; once only."""
    return begin_brand_page(brand, by=cast["editor"])


@replayed
def publish_brand_page(brand: Brand, cast: Cast) -> BrandPage:
    """Write and publish the page of a recognised brand."""
    page = write_brand_page(brand, cast)
    if not page.live:
        page.get_latest_revision().publish(user=cast["publisher"])
    return BrandPage.objects.get(pk=page.pk)


@replayed
def make_case(
    state: str = "draft", cast: Cast | None = None, project: Project | None = None
) -> CaseStudy:
    """Make a case study with its page from a graded project, and bring it to a state by the door alone."""
    cast = cast or make_cast()
    project = project or make_project("graded", cast)
    before = CaseStudy.objects.filter(project=project).count()
    title = f"{project.title}（{before + 1}）" if before else ""
    page = write_case(start_case(project, by=cast["editor"], title=title), cast)
    case = page.case
    for step in CASE_WAYS[state]:
        case = take_case(case, step, cast)
    return case


def write_case(page: CaseStudyPage, cast: Cast) -> CaseStudyPage:
    """Write every part of a case's page."""
    block = [{"type": "text", "value": "<p>三方共建一站，全年开放360天。</p>"}]
    page.summary = page.summary or "一个驿站，三方共建。"
    for name in ("situation", "practice", "results", "lessons"):
        setattr(page, name, block)
    page.save()
    page.save_revision(user=cast["editor"])
    return CaseStudyPage.objects.get(pk=page.pk)


def take_case(case: CaseStudy, step: str, cast: Cast) -> CaseStudy:
    """Take one step with everything it asks for."""
    who, extra = CASE_INPUTS[step]
    return move(CaseStudy.objects.get(pk=case.pk), step, by=cast[who], **extra)


@replayed
def publish_case_page(page: CaseStudyPage, cast: Cast) -> CaseStudyPage:
    """Take the page of a selected case through the editorial workflow."""
    page = CaseStudyPage.objects.get(pk=page.pk)
    page.get_workflow().start(page, cast["editor"])
    page.current_workflow_task_state.approve(user=cast["publisher"])
    return CaseStudyPage.objects.get(pk=page.pk)


def forge_state(record: Any, state: str) -> None:
    """Write a state past the door, as only somebody with the database in hand could."""
    table = record._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET state = %s WHERE id = %s", [state, record.pk])
