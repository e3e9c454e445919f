"""Who may take which paper of judging along: every role at every address; whatever is not theirs does not exist."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from partybuilding.core.files.uploads import UploadRefused
from partybuilding.core.machine.refusals import ConditionUnmet, NotYours
from partybuilding.core.models import Attachment, Purpose
from partybuilding.core.selectors import trail_of
from partybuilding.core.services import move
from partybuilding.core.states import Role
from partybuilding.evaluation.models import Award, ScoreSheet
from partybuilding.evaluation.selectors.scans import scan_lines
from partybuilding.evaluation.services import attach_scans
from partybuilding.organizations.services import appoint
from tests.factories.announced import make_announced, make_noticed
from tests.factories.evaluation import hold_draw, make_run, make_year, score
from tests.factories.people import make_organization, make_person, make_user
from tests.factories.pictures import photograph
from tests.factories.screens import client_of, queries_of

pytestmark = pytest.mark.django_db

#: Who opens what beside administrators: the department everything, those who see awards their certificates.
DEPARTMENT = {"department"}
STAFF: dict[str, set[str]] = {
    "run_papers": DEPARTMENT,
    "run_letters": DEPARTMENT,
    "run_letter": DEPARTMENT,
    "run_certificates": DEPARTMENT,
    "run_groups": DEPARTMENT,
    "group_sheets": DEPARTMENT,
    "project_sheets": DEPARTMENT,
    "score_sheet_paper": DEPARTMENT,
    "score_sheet_scan": DEPARTMENT,
    "certificate": {"department", "taskforce", "auditor", "unit"},
}
#: By name, of applicants and experts: whose project or sheet it is, others of the kind, and staff.
PORTAL = ("result_letter", "certificate", "sheet_paper", "sheet_scan")


def picture(name: str = "签字表.jpg") -> SimpleUploadedFile:
    """Return a picture as a telephone sends it."""
    return SimpleUploadedFile(name, photograph(size=(640, 480)), "image/jpeg")


def everybody(year: Any) -> dict[str, Any]:
    """Return one person a role, and an administrator."""
    cast = year.casts[0]
    known = {"department": year.department, "taskforce": year.task_force}
    known |= {role: cast[role] for role in ("applicant", "unit", "editor", "publisher")}
    known["expert"] = year.experts[0]
    for role in (Role.AUDITOR, Role.LEADER):
        known[role.value] = make_person(role)
    return {**known, "admin": make_user(is_superuser=True, is_staff=True)}


def staff_addresses(year: Any, run: Any) -> dict[str, str]:
    """Return the addresses of the staff side."""
    project = year.projects[0]
    sheet = project.sheets.of_experts().first()
    arguments: dict[str, list[Any]] = {
        "run_papers": [run.pk],
        "run_letters": [run.pk],
        "run_letter": [run.pk, project.pk, "pdf"],
        "run_certificates": [run.pk],
        "run_groups": [run.pk, "xlsx"],
        "group_sheets": [run.cycle_id, sheet.group_id],
        "project_sheets": [project.pk],
        "score_sheet_paper": [sheet.pk, "docx"],
        "score_sheet_scan": [sheet.pk],
        "certificate": [Award.objects.filter(project=project).first().pk, "docx"],
    }
    return {name: reverse(f"partybuilding:{name}", args=args) for name, args in arguments.items()}


def test_each_role_opens_what_is_its_own_and_nothing_else() -> None:
    year, run = make_announced()
    people, addresses = everybody(year), staff_addresses(year, run)
    assert set(people) == {*Role.values, "admin"}
    assert set(addresses) == set(STAFF)
    for role, person in people.items():
        client, in_portal = client_of(person), role in {"applicant", "expert"}
        for name, address in addresses.items():
            allowed = role == "admin" or role in STAFF[name]
            refusal = 302 if in_portal else 404
            found = client.get(address).status_code
            assert (role, name, found) == (role, name, 200 if allowed else refusal)
    for address in addresses.values():
        assert Client().get(address).status_code == 302


def test_papers_of_the_portal_are_for_whose_they_are() -> None:
    year, _run = make_announced()
    project, people = year.projects[0], everybody(year)
    sheet = project.sheets.of_experts().first()
    own, joint = Award.objects.filter(project=project).order_by("pk")
    letter = reverse("portal:result_letter", args=[project.pk, "docx"])
    certificate = reverse("portal:certificate", args=[project.pk, own.pk, "docx"])
    partners = reverse("portal:certificate", args=[project.pk, joint.pk, "docx"])
    paper = reverse("portal:sheet_paper", args=[sheet.pk, "docx"])
    scan = reverse("portal:sheet_scan", args=[sheet.pk])
    everything = (letter, certificate, partners, paper, scan)
    partner = year.casts[0]["partner"]
    stranger = year.casts[1]["applicant"]
    other = next(one for one in year.experts if one.pk != sheet.judge_id)
    table = [
        (people["applicant"], (200, 200, 404, 404, 404)),
        (partner, (200, 404, 200, 404, 404)),
        (stranger, (404, 404, 404, 404, 404)),
        (make_person(Role.APPLICANT, make_organization()), (404, 404, 404, 404, 404)),
        (sheet.judge, (404, 404, 404, 200, 200)),
        (other, (404, 404, 404, 404, 404)),
    ]
    for person, expected in table:
        client = client_of(person)
        assert tuple(client.get(address).status_code for address in everything) == expected
    for role in ("department", "taskforce", "unit", "editor", "publisher", "auditor", "leader"):
        client = client_of(people[role])
        assert {client.get(address).status_code for address in everything} == {302}
    assert {Client().get(address).status_code for address in everything} == {302}


def test_a_peer_takes_its_own_sheet_along_and_no_other() -> None:
    year, _run = make_announced()
    sheet = ScoreSheet.objects.of_peers().first()
    address = reverse("portal:sheet_paper", args=[sheet.pk, "docx"])
    whose = {cast.organization.pk: cast["applicant"] for cast in year.casts}
    assert client_of(whose.pop(sheet.reviewer_id)).get(address).status_code == 200
    for other in whose.values():
        assert client_of(other).get(address).status_code == 404


def test_nothing_is_told_before_its_day() -> None:
    year, run = make_run()
    client, project = client_of(year.department), year.projects[0]
    letters = reverse("partybuilding:run_letters", args=[run.pk])
    singly = reverse("partybuilding:run_letter", args=[run.pk, project.pk, "pdf"])
    whole = reverse("partybuilding:run_certificates", args=[run.pk])
    own = reverse("portal:result_letter", args=[project.pk, "pdf"])
    applicant = client_of(year.casts[0]["applicant"])
    for address in (letters, singly, whole):
        assert client.get(address).status_code == 404
    screen = client.get(reverse("partybuilding:run_papers", args=[run.pk])).content.decode()
    assert letters not in screen
    assert singly not in screen
    assert applicant.get(own).status_code == 404
    assert own not in applicant.get(reverse("portal:project", args=[project.pk])).content.decode()


def test_during_the_comment_the_department_has_letters_and_the_applicant_not_yet() -> None:
    year, run = make_noticed()
    project, client = year.projects[0], client_of(year.department)
    assert client.get(reverse("partybuilding:run_letters", args=[run.pk])).status_code == 200
    certificates = reverse("partybuilding:run_certificates", args=[run.pk])
    assert client.get(certificates).status_code == 404
    own = reverse("portal:result_letter", args=[project.pk, "pdf"])
    assert client_of(year.casts[0]["applicant"]).get(own).status_code == 404


@pytest.mark.parametrize(
    ("name", "kind"), [("run_letter", "xml"), ("run_groups", "docx"), ("certificate", "xlsx")]
)
def test_an_unknown_edition_does_not_exist(name: str, kind: str) -> None:
    year, run = make_announced()
    address = staff_addresses(year, run)[name].rpartition(".")[0]
    assert client_of(year.department).get(f"{address}.{kind}").status_code == 404


def test_the_run_and_the_project_lead_to_their_papers() -> None:
    year, run = make_announced()
    department, project = client_of(year.department), year.projects[0]
    screen = department.get(reverse("partybuilding:run", args=[run.pk])).content.decode()
    for name in ("run_letters", "run_certificates", "run_papers"):
        assert reverse(f"partybuilding:{name}", args=[run.pk]) in screen
    own = client_of(year.casts[0]["applicant"])
    page = own.get(reverse("portal:project", args=[project.pk])).content.decode()
    assert reverse("portal:result_letter", args=[project.pk, "pdf"]) in page
    award = Award.objects.filter(project=project).order_by("pk").first()
    assert reverse("portal:certificate", args=[project.pk, award.pk, "docx"]) in page


def test_the_lists_of_papers_take_a_fixed_number_of_queries() -> None:
    year, run = make_announced()
    client, project = client_of(year.department), year.projects[0]
    papers = reverse("partybuilding:run_papers", args=[run.pk])
    sheets = reverse("partybuilding:project_sheets", args=[project.pk])
    client.get(papers), client.get(sheets)
    before = queries_of(client, papers), queries_of(client, sheets)
    Award.objects.filter(project=year.projects[1]).delete()
    project.sheets.of_peers().delete()
    assert (queries_of(client, papers), queries_of(client, sheets)) == before


# Signed scans


def locked() -> ScoreSheet:
    """Return a sheet that was handed in, while scores can still be given."""
    hold_draw(make_year())
    return score(ScoreSheet.objects.of_experts().first(), "80")


def test_the_expert_and_the_department_attach_the_signed_sheet() -> None:
    sheet = locked()
    department = make_person(Role.DEPARTMENT)
    for by in (sheet.judge, department):
        (scan,) = attach_scans(sheet, [picture()], by=by)
        assert (scan.purpose, scan.record) == (Purpose.REVIEW, sheet)
    assert trail_of(sheet).filter(step="attach").count() == 2


def test_nobody_else_attaches_anything() -> None:
    sheet = locked()
    torn = make_person(Role.DEPARTMENT)
    appoint(torn, Role.APPLICANT, sheet.project.organization, by=None)
    for by in (make_person(Role.EXPERT), make_person(Role.AUDITOR), torn):
        with pytest.raises(NotYours):
            attach_scans(sheet, [picture()], by=by)
    assert not Attachment.objects.exists()


def test_an_open_sheet_takes_no_scan() -> None:
    hold_draw(make_year())
    sheet = ScoreSheet.objects.of_experts().first()
    with pytest.raises(ConditionUnmet, match="提交"):
        attach_scans(sheet, [picture()], by=sheet.judge)


def test_a_scan_is_a_pdf_or_a_picture() -> None:
    sheet = locked()
    with pytest.raises(UploadRefused):
        attach_scans(sheet, [SimpleUploadedFile("表.pdf", b"MZ not a pdf")], by=sheet.judge)
    assert not Attachment.objects.exists()


def test_a_scan_of_before_the_reopening_is_marked_as_such() -> None:
    sheet = locked()
    department = make_person(Role.DEPARTMENT)
    attach_scans(sheet, [picture()], by=sheet.judge)
    assert [line["is_earlier"] for line in scan_lines(sheet)] == [False]
    sheet = move(sheet, "reopen", by=department, reason="录入有误，请核对。")
    assert [line["is_earlier"] for line in scan_lines(sheet)] == [True]
    sheet = move(ScoreSheet.objects.get(pk=sheet.pk), "lock", by=sheet.judge)
    attach_scans(sheet, [picture()], by=sheet.judge)
    assert [line["is_earlier"] for line in scan_lines(sheet)] == [True, False]


def test_a_scan_is_opened_by_whose_it_is_and_by_the_department_alone() -> None:
    sheet = locked()
    (scan,) = attach_scans(sheet, [picture()], by=sheet.judge)
    address = reverse("portal:file", args=[scan.pk])
    for person in (sheet.judge, make_person(Role.DEPARTMENT)):
        answer = client_of(person).get(address)
        assert (answer.status_code, answer.getvalue()[:2]) == (200, b"\xff\xd8")
    for role in (set(Role) - {Role.DEPARTMENT}) - {Role.UNIT, Role.APPLICANT}:
        assert client_of(make_person(role)).get(address).status_code == 404
    for role in (Role.UNIT, Role.APPLICANT):
        place = sheet.project.organization if role == Role.APPLICANT else None
        place = place or sheet.project.organization.unit
        assert client_of(make_person(role, place)).get(address).status_code == 404


def test_both_sides_upload_by_their_form() -> None:
    sheet = locked()
    staff = reverse("partybuilding:score_sheet_scan", args=[sheet.pk])
    portal = reverse("portal:sheet_scan", args=[sheet.pk])
    for person, address in ((make_person(Role.DEPARTMENT), staff), (sheet.judge, portal)):
        client = client_of(person)
        empty = client.post(address, {})
        assert empty.status_code == 200
        assert "请选择签字评分表的扫描件" in empty.content.decode()
        answer = client.post(address, {"files": picture()})
        assert (answer.status_code, answer.url) == (302, address)
        assert "签字表.jpg" in client.get(address).content.decode()
    assert Attachment.objects.count() == 2
