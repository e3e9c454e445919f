"""The pack of a school district: no screen, page or paper of it names the Party or its offices."""

import re
from collections import deque
from datetime import timedelta
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from docx import Document
from openpyxl import load_workbook

from partybuilding.column.services import start_page
from partybuilding.core.models import Notice
from partybuilding.core.services import move
from partybuilding.core.states import Role
from partybuilding.organizations.imports.columns import template_workbook
from partybuilding.organizations.models import Organization
from partybuilding.organizations.services import save_organization
from partybuilding.packs.items import items
from partybuilding.packs.services import apply_pack
from partybuilding.packs.shipped import shipped
from partybuilding.projects.models import Project
from partybuilding.projects.services import (
    appoint_four_ones,
    create_draft,
    rate,
    record_assessment,
    save_application,
    save_commitments,
    save_plan,
    submit_application,
)
from tests.factories import make_cast, make_cycle
from tests.factories.column import publish
from tests.factories.people import make_user
from tests.factories.projects import Cast
from tests.factories.screens import client_of

pytestmark = pytest.mark.django_db
PARTY = re.compile(r"党|组织部|区委|归口单位|专班|包抓|四个一|组工|书记|支部|\[\[[a-z_]+\]\]")
#: What a walk leaves alone: what signs out, and files.
LEFT_ALONE = re.compile(
    r"/logout|/static/|/media/|/documents/|\.(?:csv|json|xlsx|zip|atom|ics|pdf|docx|jpg|png)"
)
MOST = 160


@pytest.fixture
def cast() -> Cast:
    """A school district with a year opened on the pack, and nothing else."""
    pack = shipped()["school"]
    cycle = make_cycle()
    chosen = [item.key for item in items() if not item.key.startswith("dates.")]
    apply_pack(cycle, pack, chosen, by=make_user(is_superuser=True, is_staff=True))
    save_organization(Organization(name="区教育局", code="JYJ", kind="district"), by=None)
    unit = save_organization(
        Organization(
            name="城东学区", code="XQ1", kind="working_committee", sector="teaching",
            is_reporting_unit=True,
        ),
        by=None,
    )  # fmt: skip
    school = save_organization(
        Organization(
            name="城东第一小学", code="XX1", kind="branch", sector="teaching", parent=unit,
            secretary_name="李示例", secretary_post="校长",
        ),
        by=None,
    )  # fmt: skip
    cycle.refresh_from_db()
    made = make_cast(cycle, school)
    move(cycle, "open_applications", by=made["department"])
    cycle.refresh_from_db()
    return made


def applied(cast: Cast) -> Project:
    """An application that was handed in."""
    by = cast["applicant"]
    project = create_draft(cast.cycle, cast.organization, by=by)
    project = save_application(
        project,
        by=by,
        title="“作业超市”减负提质",
        sector="teaching",
        topic=cast.cycle.topics.filter(sector="teaching").first(),
        contact_name="周示例",
        contact_phone="023-79220000",
        problem="中高年级书面作业偏多，学生完成时间差异大。",
        distinctiveness="作业分层，学生自选。",
        highlights="书面作业时间平均减少20分钟。",
        overview="分三步推进。",
        answers=answers_of(project),
    )
    step = {
        "task": "编制分层作业",
        "goal": "六个年级全覆盖",
        "person": "王示例",
        "post": "教导主任",
    }
    deadline = timezone.localdate() + timedelta(days=30)
    project = save_plan(project, [{**step, "deadline": deadline}], by=by)
    return submit_application(project, by=by)


def answers_of(project: Project) -> dict[str, Any]:
    """Answer the questions of the pack's own."""
    said = {"惠及学生": 320, "课业负担说明": "不增加作业，家长无须参与。"}
    stages = next(field for field in project.sheet.fields if str(field.label) == "适用学段")
    found = {field.key: said.get(str(field.label)) for field in project.sheet.fields}
    return {**found, stages.key: [stages.options[1][0]]}


def approved(cast: Cast) -> Project:
    """A project that is carried out, with its page."""
    project = applied(cast)
    project = move(project, "pass_first", by=cast["unit"], reason="同意推荐。")
    by = cast["department"]
    record_assessment(project, "visit", by=by, participants="教研室3人", findings="基础扎实。")
    rate(project, {one.pk: one.points - 5 for one in cast.cycle.criteria.all()}, by=by)
    people = {
        "leader": ("王示例", "副局长"),
        "secretary": ("李示例", "校长"),
        "liaison": ("赵示例", "数学教研员"),
        "team": ("作业设计组", "骨干教师六人"),
    }
    appoint_four_ones(project, people, by=by)
    project = move(project, "approve", by=by, reason="同意立项。")
    day = timezone.localdate() + timedelta(days=60)
    row = {"goal": "六个年级使用分层作业", "deadline": day, "person": "李示例", "post": "校长"}
    save_commitments(
        project, [{**row, "steps": [{"title": "试用", "deadline": day}]}], by=cast["applicant"]
    )
    project = move(project, "submit_commitments", by=cast["applicant"])
    page = start_page(project, by=cast["editor"])
    publish(page, cast)
    return project


#: A badge that is called so by law; a site of a school leaves it empty.
BADGE = "党政机关网站标识"


def text_of(html: str) -> str:
    """Return what a page says, attributes too, without what only machines read."""
    html = re.sub(r"<!--.*?-->|<script.*?</script>", "", html, flags=re.DOTALL)
    return unescape(html).replace(BADGE, "")


def walk(client: Client, *starts: str) -> dict[str, str]:
    """Follow the links of the site from some addresses; return what each page says."""
    ways, seen, said = deque(starts), set(starts), {}
    while ways and len(said) < MOST:
        address = ways.popleft()
        answer = client.get(address, follow=True)
        if answer.status_code != 200 or "html" not in answer.get("Content-Type", ""):
            continue
        html = answer.content.decode()
        said[address] = text_of(html)
        for place in re.findall(r'(?:href=|"url": ?)"(/[^"#]*)', unescape(html)):
            path = place.partition("?")[0]
            if path not in seen and not LEFT_ALONE.search(place):
                seen.add(path)
                ways.append(place)
    return said


def named(said: dict[str, str]) -> list[tuple[str, str]]:
    return [
        (address, text[max(0, found.start() - 25) : found.end() + 25])
        for address, text in said.items()
        for found in PARTY.finditer(text)
    ]


def test_residents_read_nothing_of_the_party(cast: Cast) -> None:
    approved(cast)
    said = walk(Client(), "/", "/portal/login/")
    assert len(said) > 15
    assert named(said) == []
    assert "教育创新项目公开栏" in said["/"]


@pytest.mark.parametrize("role", ["applicant", "expert"])
def test_who_applies_or_judges_reads_nothing_of_the_party(role: str, cast: Cast) -> None:
    project = approved(cast)
    draft = create_draft(cast.cycle, cast.organization, by=cast["applicant"])
    starts = [reverse("portal:home")]
    if role == "applicant":
        starts += [reverse("portal:application", args=[draft.pk])]
        starts += [reverse("portal:project", args=[project.pk])]
    said = {
        address: text
        for address, text in walk(client_of(cast[role]), *starts).items()
        if address.startswith("/portal/")
    }
    assert len(said) > (8 if role == "applicant" else 0)
    assert named(said) == []


@pytest.mark.parametrize("role", ["department", "unit", "taskforce", "administrator"])
def test_staff_read_nothing_of_the_party(role: str, cast: Cast) -> None:
    approved(cast)
    administrator = make_user(is_superuser=True, is_staff=True)
    client = client_of(administrator if role == "administrator" else cast[role])
    said = walk(client, "/admin/", reverse("partybuilding:word_lists"))
    # A list says in its journal what its words were called before, and the names what was delivered.
    lists = [reverse("partybuilding:word_list", args=[code]) for code in ("actors", "kind")]
    # What search takes for the same was planted for every site; editors keep it.
    # Where a year begins, the delivered packs stand by their names.
    for address in (*lists, "/admin/search_synonyms/", reverse("partybuilding:cycle_add")):
        said.pop(address, "")
    assert len(said) > 25
    assert named(said) == []


def test_papers_name_nothing_of_the_party(cast: Cast) -> None:
    project = approved(cast)
    client = client_of(cast["applicant"])
    words = []
    for name in ("form_paper", "letter_paper"):
        assert client.get(reverse(f"portal:{name}", args=[project.pk, "pdf"])).status_code == 200
        answer = client.get(reverse(f"portal:{name}", args=[project.pk, "docx"]))
        document = Document(BytesIO(b"".join(answer)))
        words += [one.text for one in document.element.body.iter() if one.text]
    text = "".join(words)
    assert "教育创新项目立项通知书" in text
    assert "联系教研员" in text
    assert PARTY.findall(text) == []


def test_the_workbook_to_fill_in_names_nothing_of_the_party(cast: Cast) -> None:
    book = load_workbook(BytesIO(template_workbook()))
    cells = [str(cell.value) for sheet in book for row in sheet.rows for cell in row]
    assert PARTY.findall("".join([*book.sheetnames, *cells])) == []


def test_messages_name_nothing_of_the_party(cast: Cast) -> None:
    approved(cast)
    told = [f"{notice.subject}{notice.body}" for notice in Notice.objects.all()]
    assert len(told) > 5
    assert PARTY.findall("".join(told)) == []


def test_every_role_has_its_name(cast: Cast) -> None:
    client = client_of(cast["department"])
    page = client.get(reverse("partybuilding:word_list", args=["actors"])).content.decode()
    assert "教育局" in page
    assert str(Role.TASK_FORCE.label) == "督导组"
