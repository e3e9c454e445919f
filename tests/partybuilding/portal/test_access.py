"""Every address against everybody who might try it."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from partybuilding.core.services import attach
from partybuilding.core.states import Role
from partybuilding.organizations.models import Membership
from partybuilding.organizations.services import end_membership
from partybuilding.portal.services import add_file
from partybuilding.projects.services import assign_experts, save_partners
from tests.factories import make_organization, make_person, make_project, make_user

ASKED, GONE, SHOWN, LED = 302, 404, 200, 302
#: address, arguments after the project, then what is answered to: anonymous, applicant of another
#: organisation, partner, own applicant, expert of an assigned group, department officer.
TABLE = [
    ("home", None, (ASKED, SHOWN, SHOWN, SHOWN, LED, LED)),
    ("start", None, (ASKED, SHOWN, SHOWN, SHOWN, GONE, LED)),
    ("messages", None, (ASKED, SHOWN, SHOWN, SHOWN, SHOWN, SHOWN)),
    ("password", None, (ASKED, SHOWN, SHOWN, SHOWN, SHOWN, SHOWN)),
    ("assessments", None, (ASKED, GONE, GONE, GONE, SHOWN, LED)),
    ("project", (), (ASKED, GONE, SHOWN, SHOWN, GONE, LED)),
    ("application", (), (ASKED, GONE, SHOWN, SHOWN, GONE, LED)),
    ("section", ("basics",), (ASKED, GONE, LED, SHOWN, GONE, LED)),
    ("section", ("problem",), (ASKED, GONE, LED, SHOWN, GONE, LED)),
    ("section", ("distinctiveness",), (ASKED, GONE, LED, SHOWN, GONE, LED)),
    ("section", ("highlights",), (ASKED, GONE, LED, SHOWN, GONE, LED)),
    ("section", ("plan",), (ASKED, GONE, LED, SHOWN, GONE, LED)),
    ("section", ("secret",), (ASKED, GONE, GONE, GONE, GONE, LED)),
    ("attachments", (), (ASKED, GONE, LED, SHOWN, GONE, LED)),
    ("partners", (), (ASKED, GONE, LED, SHOWN, GONE, LED)),
    ("check", (), (ASKED, GONE, LED, SHOWN, GONE, LED)),
    ("receipt", (), (ASKED, GONE, GONE, GONE, GONE, LED)),
    ("withdraw", (), (ASKED, GONE, LED, SHOWN, GONE, LED)),
    ("commitments", (), (ASKED, GONE, SHOWN, SHOWN, GONE, LED)),
    ("commitment", (1,), (ASKED, GONE, LED, LED, GONE, LED)),
    ("form_paper", ("docx",), (ASKED, GONE, SHOWN, SHOWN, GONE, LED)),
    ("form_paper", ("exe",), (ASKED, GONE, GONE, GONE, GONE, LED)),
    ("letter_paper", ("docx",), (ASKED, GONE, GONE, GONE, GONE, LED)),
]
PEOPLE = ("anonymous", "other", "partner", "own", "expert", "department")
CELLS = [
    pytest.param(name, rest, who, status, id=f"{name}-{'-'.join(map(str, rest or ()))}-{who}")
    for name, rest, answers in TABLE
    for who, status in zip(PEOPLE, answers, strict=True)
]


def picture() -> SimpleUploadedFile:
    """Return a small real JPEG."""
    written = BytesIO()
    Image.new("RGB", (40, 30), "red").save(written, "JPEG")
    return SimpleUploadedFile("活动照片.jpg", written.getvalue())


@pytest.fixture
def people(cast):
    beside = make_organization()
    return {
        "anonymous": None,
        "other": make_person(Role.APPLICANT),
        "partner": make_person(Role.APPLICANT, beside),
        "own": cast["applicant"],
        "expert": cast["expert"],
        "department": cast["department"],
        "beside": beside,
    }


@pytest.fixture
def draft(cast, people):
    project = make_project("draft", cast)
    return save_partners(project, [people["beside"]], by=cast["applicant"])


@pytest.mark.parametrize(("name", "rest", "who", "status"), CELLS)
def test_every_address_answers_to_each_person_as_the_table_says(
    name, rest, who, status, draft, people, browse
) -> None:
    arguments = [] if rest is None else [draft.pk, *rest]
    response = browse(people[who]).get(reverse(f"portal:{name}", args=arguments))
    assert response.status_code == status
    if who == "anonymous":
        assert response["Location"].startswith(reverse("portal:login"))
    if who == "department" and status == LED:
        assert response["Location"] == reverse("wagtailadmin_home")


POSTED = [
    ("section", ("problem",), {"problem": "别人的话"}),
    ("autosave", ("problem",), {"problem": "别人的话"}),
    ("partners", (), {"add": "1"}),
    ("check", (), {"confirmed": "on"}),
    ("withdraw", (), {"reason": "捣乱"}),
    ("commitments", (), {}),
    ("commitment", (1,), {"goal": "捣乱"}),
    ("attachments", (), {"then": "next"}),
]


@pytest.mark.parametrize(("name", "rest", "data"), POSTED)
@pytest.mark.parametrize("who", ["other", "partner", "expert"])
def test_nobody_but_the_leading_organisation_changes_anything(
    name, rest, data, who, draft, people, browse
) -> None:
    before = (draft.state, draft.problem)
    response = browse(people[who]).post(reverse(f"portal:{name}", args=[draft.pk, *rest]), data)
    draft.refresh_from_db()
    assert (draft.state, draft.problem) == before
    if who != "partner":
        assert response.status_code == 404


FILE_READERS = {
    "anonymous": ASKED,
    "other": GONE,
    "partner": SHOWN,
    "own": SHOWN,
    "expert": GONE,
    "department": SHOWN,
}


@pytest.mark.parametrize("who", PEOPLE)
def test_a_file_is_there_for_those_who_see_its_project(who, draft, people, browse) -> None:
    file = add_file(draft, picture(), by=people["own"])
    response = browse(people[who]).get(reverse("portal:file", args=[file.pk]))
    assert response.status_code == FILE_READERS[who]


def test_an_expert_reads_the_files_of_an_assigned_project(cast, browse) -> None:
    project = make_project("first_passed", cast)
    file = attach(project, picture(), by=cast["applicant"])
    assign_experts(project, cast["group"], by=cast["department"])
    assert browse(cast["expert"]).get(reverse("portal:file", args=[file.pk])).status_code == 200


def test_a_unit_reads_its_own_organisations_files_and_no_others(cast, browse) -> None:
    file = add_file(make_project("draft", cast), picture(), by=cast["applicant"])
    address = reverse("portal:file", args=[file.pk])
    assert browse(cast["unit"]).get(address).status_code == 200
    assert browse(make_person(Role.UNIT)).get(address).status_code == 404


def test_whoever_holds_no_role_is_told_whom_to_ask(db, browse) -> None:
    client = browse(make_user())
    for name in ("home", "messages", "password"):
        answer = client.get(reverse(f"portal:{name}"))
        assert "暂无任职信息" in answer.content.decode()


def test_a_membership_that_ended_opens_nothing(cast, browse, draft) -> None:
    held = Membership.objects.get(user=cast["applicant"], role=Role.APPLICANT)
    end_membership(held, by=cast["department"])
    answer = browse(cast["applicant"]).get(reverse("portal:project", args=[draft.pk]))
    assert "暂无任职信息" in answer.content.decode()


def test_pages_of_the_portal_are_kept_out_of_shared_caches(cast, browse) -> None:
    answer = browse(cast["applicant"]).get(reverse("portal:home"))
    assert "private" in answer["Cache-Control"]


def test_a_post_without_its_token_is_refused(cast, draft) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast["applicant"], backend="django.contrib.auth.backends.ModelBackend")
    address = reverse("portal:autosave", args=[draft.pk, "problem"])
    assert client.post(address, {"problem": "x"}).status_code == 403
