"""The staff screens of opinions: who opens them, what each role is offered, what they write."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from partybuilding.core.desk.lines import desk_of
from partybuilding.core.models import Notice
from partybuilding.core.selectors import trail_of
from partybuilding.core.states import Role
from partybuilding.opinions.models import Opinion
from partybuilding.opinions.services import publish_exchange, receive, withhold_exchange
from partybuilding.opinions.states import TABLE
from tests.factories import Cast, make_cast, make_organization, make_person, make_project, make_unit
from tests.factories.opinions import ANSWER, TEXT, make_opinion, nonce, take
from tests.factories.screens import client_of, queries_of
from tests.partybuilding.opinions.test_publishing import copies

pytestmark = pytest.mark.django_db
REGISTER = "/admin/party/opinions/"
STEPS = {step.code for step in TABLE.steps}
PHONE = "13800138000"


def address(opinion: Opinion, name: str = "opinion", *args: Any) -> str:
    return reverse(f"partybuilding:{name}", args=[opinion.pk, *args])


def offered(user: Any, opinion: Opinion) -> set[str]:
    """Return the steps that the file of an opinion leads to."""
    found = client_of(user).get(address(opinion)).text
    return {step for step in STEPS if f'href="{address(opinion, "opinion_step", step)}' in found}


def now(opinion: Opinion) -> Opinion:
    return Opinion.objects.get(pk=opinion.pk)


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def project(cast: Cast) -> Any:
    return make_project("approved", cast)


@pytest.mark.parametrize(
    ("role", "register", "file"),
    [
        ("unit", 200, 200),
        ("department", 200, 200),
        ("taskforce", 200, 200),
        ("auditor", 200, 200),
        ("editor", 302, 404),
        ("publisher", 302, 404),
        ("applicant", 302, 302),
        ("expert", 302, 302),
    ],
)
def test_each_role_opens_register_and_file_as_it_may(
    cast: Cast, project: Any, role: str, register: int, file: int
) -> None:
    opinion = make_opinion("received", cast, project)
    client = client_of(cast[role])
    for url in (REGISTER, f"{REGISTER}results/", f"{REGISTER}?export=xlsx"):
        assert client.get(url).status_code == register, url
    assert client.get(address(opinion)).status_code == file


def test_an_opinion_of_another_unit_does_not_exist(cast: Cast, project: Any) -> None:
    opinion = make_opinion("answered", cast, project)
    stranger = client_of(make_person(Role.UNIT, make_organization().unit))
    assert TEXT not in stranger.get(REGISTER).text
    for url in (
        address(opinion),
        address(opinion, "opinion_step", "accept"),
        address(opinion, "opinion_publication"),
    ):
        assert stranger.get(url).status_code == 404
    bulk = stranger.get("/admin/party/opinion/bulk/", {"id": opinion.pk})
    assert bulk.status_code == 302


@pytest.mark.parametrize(
    ("state", "role", "steps"),
    [
        ("received", "unit", {"accept", "transfer", "refuse"}),
        ("received", "department", {"accept", "transfer", "refuse"}),
        ("received", "auditor", set()),
        ("transferred", "unit", {"accept", "transfer", "refuse"}),
        ("accepted", "unit", {"draft", "transfer", "prolong", "refuse"}),
        ("accepted", "taskforce", set()),
        ("drafted", "unit", set()),
        ("drafted", "department", {"approve", "send_back"}),
        ("answered", "department", set()),
        ("refused", "unit", set()),
    ],
)
def test_the_steps_offered_are_those_of_the_role(
    cast: Cast, project: Any, state: str, role: str, steps: set[str]
) -> None:
    assert offered(cast[role], make_opinion(state, cast, project)) == steps


@pytest.mark.parametrize(
    ("state", "step", "role", "given", "target"),
    [
        ("received", "accept", "unit", {}, "accepted"),
        ("accepted", "draft", "unit", {"answer": ANSWER, "outcome": "partly"}, "drafted"),
        ("accepted", "prolong", "unit", {"reason": "需要现场核实。"}, "accepted"),
        ("drafted", "approve", "department", {}, "answered"),
        ("drafted", "send_back", "department", {"reason": "请写明时间。"}, "accepted"),
        (
            "received",
            "refuse",
            "unit",
            {"reason": "与本项目无关。", "refusal": "outside"},
            "refused",
        ),
    ],
)
def test_each_step_is_taken_by_its_form(
    cast: Cast, project: Any, state: str, step: str, role: str, given: dict[str, str], target: str
) -> None:
    opinion = make_opinion(state, cast, project)
    client, url = client_of(cast[role]), address(opinion, "opinion_step", step)
    form = client.get(url)
    assert form.status_code == 200
    assert TEXT in form.text
    answer = client.post(url, {"seen": now(opinion).version, **given})
    assert answer.status_code == 302
    assert now(opinion).state == target
    expected = address(opinion, "opinion_publication") if step == "approve" else address(opinion)
    assert answer["Location"] == expected


def test_it_is_passed_on_to_another_unit(cast: Cast, project: Any) -> None:
    opinion, other = make_opinion("received", cast, project), make_unit()
    reviewer = make_person(Role.UNIT, other)
    url = address(opinion, "opinion_step", "transfer")
    given = {"seen": opinion.version, "unit": other.pk, "reason": "属贵单位。"}
    client_of(cast["unit"]).post(url, given)
    assert (now(opinion).state, now(opinion).unit) == ("transferred", other)
    assert trail_of(opinion).last().data == {"unit": other.pk, "unit_name": other.name}
    assert Notice.objects.to(reviewer).filter(subject__contains=opinion.number).exists()
    assert client_of(cast["unit"]).get(address(opinion)).status_code == 404


@pytest.mark.parametrize(
    ("state", "step", "given", "words"),
    [
        ("accepted", "draft", {"answer": "", "outcome": "adopted"}, "请填写答复"),
        ("accepted", "draft", {"answer": f"请打{PHONE}", "outcome": "adopted"}, "手机号码"),
        ("received", "refuse", {"reason": "与本项目无关。"}, "请选择不予受理的原因"),
        ("received", "transfer", {"reason": "属贵单位。"}, "请选择另一个归口单位"),
        ("accepted", "prolong", {"reason": " "}, "此项必填"),
    ],
)
def test_what_is_missing_is_said_in_the_form_and_nothing_is_lost(
    cast: Cast, project: Any, state: str, step: str, given: dict[str, str], words: str
) -> None:
    opinion = make_opinion(state, cast, project)
    sent = {"seen": now(opinion).version, **given}
    answer = client_of(cast["unit"]).post(address(opinion, "opinion_step", step), sent)
    assert words in str(answer.context["form"].errors)
    assert now(opinion).state == state
    for text in filter(None, given.values()):
        assert text in answer.text


def test_the_next_one_follows(cast: Cast, project: Any) -> None:
    first, second = (make_opinion("received", cast, project) for _turn in range(2))
    url = address(first, "opinion_step", "accept")
    answer = client_of(cast["unit"]).post(url, {"seen": first.version, "and_next": "1"})
    assert answer["Location"] == address(second)


def test_the_contact_is_shown_to_those_who_handle_it_alone(cast: Cast, project: Any) -> None:
    opinion = make_opinion("received", cast, project, contact=PHONE)
    for role, sees in (
        ("unit", True),
        ("department", True),
        ("taskforce", False),
        ("auditor", False),
    ):
        found = client_of(cast[role]).get(address(opinion)).text
        assert (PHONE in found) == sees, role
    for role in ("unit", "auditor"):
        exported = client_of(cast[role]).get(f"{REGISTER}?export=xlsx")
        assert PHONE.encode() not in b"".join(
            exported.streaming_content if exported.streaming else [exported.content]
        )


def test_masked_and_source_stand_side_by_side_and_the_masked_one_is_published(
    cast: Cast, project: Any, client: Any
) -> None:
    text = f"我叫张示例，住3栋2单元501，电话{PHONE}，请修路灯。"
    opinion = make_opinion("answered", cast, project, text=text)
    officer, url = client_of(cast["department"]), address(opinion, "opinion_publication")
    form = officer.get(url)
    assert f'<mark title="手机号码">{PHONE}</mark' in form.text
    proposed = form.context["form"]["question"].value()
    assert PHONE not in proposed
    assert "张某某" in proposed
    refused = officer.post(url, {"decision": "publish", "question": text})
    assert "请先遮盖" in refused.text
    assert now(opinion).published_at is None
    officer.post(url, {"decision": "publish", "question": proposed})
    assert now(opinion).published_question == proposed
    assert "公开" in officer.get(address(opinion)).text


def test_not_publishing_asks_for_a_class_of_reasons(cast: Cast, project: Any) -> None:
    opinion = make_opinion("answered", cast, project)
    officer, url = client_of(cast["department"]), address(opinion, "opinion_publication")
    assert "请选择不公开的原因" in officer.post(url, {"decision": "withhold"}).text
    officer.post(url, {"decision": "withhold", "withheld": "asked"})
    assert now(opinion).withheld == "asked"
    assert "反映人要求不公开" in officer.get(address(opinion)).text


@pytest.mark.parametrize("role", ["unit", "auditor", "taskforce"])
def test_others_do_not_find_the_screen_of_publication(cast: Cast, project: Any, role: str) -> None:
    opinion = make_opinion("answered", cast, project)
    assert client_of(cast[role]).get(address(opinion, "opinion_publication")).status_code == 404
    waiting = make_opinion("drafted", cast, project)
    officer = client_of(cast["department"])
    assert officer.get(address(waiting, "opinion_publication")).status_code == 404


def test_the_desk_counts_what_waits_and_leads_to_it(cast: Cast, project: Any) -> None:
    for _turn in range(2):
        make_opinion("received", cast, project)
    for number in range(7):
        receive(text=f"加群领奖{number}", nonce=nonce(), project=project)
    make_opinion("drafted", cast, project)
    make_opinion("answered", cast, project)
    of_unit = {str(line.label): line for line in desk_of(cast["unit"])}
    assert of_unit["群众意见：已收到"].count == 2 + 4
    assert of_unit["雷同意见：已收到"].count == 3
    of_department = {str(line.label): line for line in desk_of(cast["department"])}
    assert of_department["群众意见：答复待审"].count == 1
    assert of_department["已答复意见，待定是否公开"].count == 1
    for lines, who in ((of_unit, "unit"), (of_department, "department")):
        for label, line in lines.items():
            if "意见" in label:
                found = client_of(cast[who]).get(line.url)
                assert found.context["paginator"].count == line.count, label
    assert not [line for line in desk_of(cast["editor"]) if "意见" in str(line.label)]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 6),
        ("state=received", 1),
        ("desk=mine", 2),
        ("due=overdue", 0),
        ("outcome=adopted", 3),
        ("late=1", 0),
        ("publication=published", 1),
        ("publication=withheld", 1),
        ("publication=undecided", 1),
        ("similar=only", 2),
        ("sector=rural", 0),
        ("state=nonsense", 6),
        ("q=照料点", 6),
        ("q=没有这句话", 0),
    ],
)
def test_the_register_is_narrowed(cast: Cast, project: Any, query: str, count: int) -> None:
    make_opinion("received", cast, project)
    make_opinion("accepted", cast, project)
    make_opinion("refused", cast, project)
    published, withheld, _open = (make_opinion("answered", cast, project) for _turn in range(3))
    publish_exchange(published, by=cast["department"], question=TEXT)
    withhold_exchange(withheld, by=cast["department"], withheld="asked")
    found = client_of(cast["unit"]).get(f"{REGISTER}?{query}")
    assert found.context["paginator"].count == count


def test_passing_on_says_that_it_goes_to_the_unit_that_is_chosen(cast: Cast, project: Any) -> None:
    opinion = make_opinion("received", cast, project)
    shown = client_of(cast["unit"]).get(f"{address(opinion)}step/transfer/")
    forecast = shown.context["forecast"]
    assert forecast.holder == "所选归口单位"
    assert {names for _subject, names in forecast.told} == {"所选归口单位"}
    assert forecast.due_on == opinion.accept_by
    told = client_of(cast["unit"]).get(f"{address(opinion)}step/accept/").context["forecast"]
    assert told.holder == cast.organization.unit.name


def test_one_of_many_alike_leads_to_the_others(cast: Cast, project: Any) -> None:
    for number in range(6):
        receive(text=f"加群领奖{number}", nonce=nonce(), project=project)
    newest = Opinion.objects.latest("pk")
    client = client_of(cast["unit"])
    found = client.get(address(newest)).text
    assert "另有5条内容相同或相近" in found
    listed = client.get(f"{REGISTER}?like={newest.fingerprint}")
    assert listed.context["paginator"].count == 6
    assert "〔雷同〕" in listed.text


def test_a_flood_is_refused_in_bulk_item_by_item(cast: Cast, project: Any) -> None:
    flood = [receive(text=f"加群领奖{n}", nonce=nonce(), project=project).opinion for n in range(4)]
    answered = make_opinion("answered", cast, project)
    client, url = client_of(cast["unit"]), "/admin/party/opinion/bulk/"
    keys = [one.pk for one in (*flood, answered)]
    form = client.get(url, {"id": keys})
    assert (len(form.context["fit"]), len(form.context["unfit"])) == (4, 1)
    seen = {f"seen-{one.pk}": one.version for one in flood}
    assert "请" in str(client.post(url, {"id": keys, **seen}).context["form"].errors)
    take(flood[0], "accept", cast)
    sent = {"id": keys, **seen, "refusal": "advert", "reason": "内容为广告。"}
    result = client.post(url, sent)
    assert (result.context["taken"], result.context["refused"]) == (3, 1)
    overtaken = result.context["outcomes"][0].refused
    assert overtaken
    assert overtaken in result.text
    assert Opinion.objects.filter(refusal="advert").count() == 3
    assert now(answered).state == "answered"
    again = client.post(url, sent)
    assert again.context["taken"] == 0


@pytest.mark.parametrize("role", ["department", "unit"])
def test_the_register_costs_the_same_at_a_thousand(cast: Cast, project: Any, role: str) -> None:
    client = client_of(cast[role])
    make_opinion("received", cast, project)
    copies(project, 5)
    client.get(REGISTER)
    few = queries_of(client, REGISTER)
    copies(project, 1000)
    assert queries_of(client, REGISTER) == few
    assert queries_of(client, f"{REGISTER}?desk=mine&similar=apart") <= few + 2


def test_the_case_file_shows_the_opinions_of_its_project(cast: Cast, project: Any) -> None:
    file = reverse("partybuilding:case", args=[project.pk])
    client = client_of(cast["unit"])
    assert "未办结" not in client.get(file).text
    opinion = make_opinion("received", cast, project)
    found = client.get(file).text
    assert "收到1条，未办结1条" in found
    assert address(opinion) in found


def test_the_trail_leads_to_the_file(cast: Cast, project: Any) -> None:
    opinion = make_opinion("received", cast, project)
    found = client_of(cast["department"]).get("/admin/party/trail/?machine=opinion").text
    assert address(opinion) in found
    assert "收到群众意见" in found


def test_what_a_resident_wrote_is_never_markup_on_staff_screens(cast: Cast, project: Any) -> None:
    evil = "<script>alert(1)</script>"
    opinion = make_opinion("answered", cast, project, text=evil * 2, contact=evil)
    officer = client_of(cast["department"])
    for url in (REGISTER, address(opinion), address(opinion, "opinion_publication")):
        assert evil not in officer.get(url).text, url
    waiting = make_opinion("received", cast, project, text=evil * 2)
    for url in (
        address(waiting, "opinion_step", "accept"),
        f"/admin/party/opinion/bulk/?id={waiting.pk}",
        reverse("partybuilding:case", args=[project.pk]),
    ):
        assert evil not in officer.get(url).text, url


def test_who_drafted_reads_that_somebody_else_approves(cast: Cast) -> None:
    opinion = make_opinion("drafted", cast)
    found = client_of(cast["department"]).get(address(opinion)).text
    assert "须由组织部另一位同志审定" in found
    assert offered(make_person(Role.DEPARTMENT), opinion) == {"approve", "send_back"}


def test_the_register_opens_with_what_is_overdue_then_due_and_what_is_done_comes_last(
    cast: Cast, project: Any
) -> None:
    today = timezone.localdate()
    found = {}
    for name, state, days in (
        ("done", "answered", None),
        ("later", "received", 5),
        ("overdue", "accepted", -3),
        ("today", "received", 0),
    ):
        one = make_opinion(state, cast, project=project)
        due = None if days is None else today + timedelta(days=days)
        Opinion.objects.filter(pk=one.pk).update(due_on=due)
        found[one.pk] = name
    listed = client_of(cast["unit"]).get(REGISTER).context["object_list"]
    assert [found[one.pk] for one in listed] == ["overdue", "today", "later", "done"]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL plans by its statistics")
def test_what_is_to_be_published_is_counted_from_its_index_alone() -> None:
    plan = Opinion.objects.undecided().order_by().values("state").explain()
    assert "COVERING INDEX opinion_desk (state=? AND published_at=? AND withheld=?)" in plan
