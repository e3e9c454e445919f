"""What everybody may read of opinions: only what the department published, never unredacted; and the numbers."""

import re
from collections import Counter
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from partybuilding.core.machine.refusals import ConditionUnmet, NotYours, WrongState
from partybuilding.core.selectors import trail_of
from partybuilding.core.services import move
from partybuilding.opinions.figures import (
    Numbers,
    months_chart,
    numbers_by_month,
    together,
)
from partybuilding.opinions.models import Opinion
from partybuilding.opinions.receipts import submission_of
from partybuilding.opinions.services import clear_contacts, publish_exchange, withhold_exchange
from partybuilding.opinions.states import OpinionState, Outcome, RefusalClass
from partybuilding.projects.models import Project
from partybuilding.projects.states import Mark
from tests.factories import Cast, make_cast, make_project
from tests.factories.column import forge, make_page
from tests.factories.opinions import ANSWER, TEXT, make_opinion, nonce
from tests.factories.screens import queries_of

pytestmark = pytest.mark.django_db
URL = "/opinions/replies/"
PHONE = "13800138000"


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def published(cast: Cast, question: str = TEXT, **fields: Any) -> Opinion:
    opinion = make_opinion("answered", cast, **fields)
    return publish_exchange(opinion, by=cast["department"], question=question)


def test_nothing_of_an_opinion_is_public_until_it_is_published(cast: Cast, client: Client) -> None:
    page = make_page("implementing", cast)
    opinion = make_opinion("answered", cast, page.project, contact=PHONE)
    for address in (URL, f"{URL}feed.atom", page.url, "/", f"{URL}{opinion.pk}/"):
        found = client.get(address).text
        for secret in (TEXT, ANSWER, PHONE, opinion.number):
            assert secret not in found, (address, secret)
    assert client.get(f"{URL}{opinion.pk}/").status_code == 404


def test_a_published_exchange_is_read_everywhere_without_contact_and_number(
    cast: Cast, client: Client
) -> None:
    page = make_page("implementing", cast)
    commitment = page.project.commitments.get()
    opinion = make_opinion("answered", cast, page.project, contact=PHONE, commitment=commitment)
    publish_exchange(opinion, by=cast["department"], question="照料点中午能不能开门？")
    for address in (URL, f"{URL}feed.atom", f"{URL}{opinion.pk}/"):
        answer = client.get(address)
        assert answer["Cache-Control"] == "public, max-age=0, must-revalidate"
        assert not answer.cookies
        assert "照料点中午能不能开门？" in answer.text
        assert ANSWER in answer.text
    of_project = client.get(page.url).text
    assert "收到意见1条，已答复1条。" in of_project
    assert of_project.count(f"{URL}{opinion.pk}/") == 2
    for address in (URL, f"{URL}feed.atom", f"{URL}{opinion.pk}/", page.url):
        found = client.get(address).text
        for secret in (PHONE, opinion.number, TEXT):
            assert secret not in found, address


@pytest.mark.parametrize(
    ("withheld", "words"),
    [
        ("", "已作出的答复中：已公开1条，1条是否公开还没有确定。"),
        ("private", "已作出的答复中：已公开1条，1条只答复本人、不公开。"),
    ],
)
def test_why_fewer_answers_can_be_read_than_were_given_is_told(
    cast: Cast, client: Client, withheld: str, words: str
) -> None:
    page = make_page("implementing", cast)
    published(cast, project=page.project)
    assert "已作出的答复中" not in client.get(URL).text + client.get(page.url).text
    other = make_opinion("answered", cast, page.project)
    if withheld:
        withhold_exchange(other, by=cast["department"], withheld=withheld)
    assert f"收到意见2条，已答复2条。{words}" in client.get(page.url).text
    assert words in client.get(URL).text
    make_opinion("refused", cast, page.project)
    assert f"收到意见3条，已答复2条，不予受理1条。{words}" in client.get(page.url).text


def test_numbers_are_refused_in_question_and_answer(cast: Cast) -> None:
    opinion = make_opinion("answered", cast)
    for question in (f"打{PHONE}找我", "打023-79220000", "渝HA0000挡路", "a@example.com"):
        with pytest.raises(ConditionUnmet, match="请先遮盖"):
            publish_exchange(opinion, by=cast["department"], question=question)
    with pytest.raises(ConditionUnmet, match="请填写公开的意见内容"):
        publish_exchange(opinion, by=cast["department"], question=" ")
    Opinion.objects.filter(pk=opinion.pk).update(answer="座机023-79220001")
    with pytest.raises(ConditionUnmet, match="电话号码"):
        publish_exchange(opinion, by=cast["department"], question=TEXT)
    assert not Opinion.objects.published().exists()


@pytest.mark.parametrize(
    "role", ["unit", "taskforce", "auditor", "editor", "publisher", "applicant"]
)
def test_only_the_department_publishes_or_withholds(cast: Cast, role: str) -> None:
    opinion = make_opinion("answered", cast)
    with pytest.raises(NotYours):
        publish_exchange(opinion, by=cast[role], question=TEXT)
    with pytest.raises(NotYours):
        withhold_exchange(opinion, by=cast[role], withheld="asked")


@pytest.mark.parametrize("state", ["received", "accepted", "drafted", "refused"])
def test_what_is_not_answered_is_not_published(cast: Cast, state: str) -> None:
    opinion = make_opinion(state, cast, make_project("approved", cast))
    with pytest.raises(WrongState):
        publish_exchange(opinion, by=cast["department"], question=TEXT)
    with pytest.raises(WrongState):
        withhold_exchange(opinion, by=cast["department"], withheld="asked")


def test_the_decision_can_be_changed_and_stands_in_the_trail(cast: Cast, client: Client) -> None:
    opinion = published(cast)
    with pytest.raises(WrongState, match="已经公开"):
        publish_exchange(opinion, by=cast["department"], question=TEXT)
    with pytest.raises(ConditionUnmet, match="请选择不公开的原因"):
        withhold_exchange(opinion, by=cast["department"], withheld="")
    withhold_exchange(opinion, by=cast["department"], withheld="private")
    gone = client.get(f"{URL}{opinion.pk}/")
    assert (gone.status_code, "涉及个人隐私" in gone.text) == (410, True)
    assert opinion.answer not in gone.text
    assert opinion.number not in gone.text
    publish_exchange(opinion, by=cast["department"], question=TEXT)
    assert client.get(f"{URL}{opinion.pk}/").status_code == 200
    notes = [row.step for row in trail_of(opinion)][-3:]
    assert notes == ["publish", "withhold", "publish"]


def test_an_exchange_on_a_page_that_is_not_read_is_not_read_either(
    cast: Cast, client: Client
) -> None:
    page = make_page("implementing", cast)
    opinion = published(cast, project=page.project)
    assert TEXT in client.get(URL).text
    page.unpublish()
    assert TEXT not in client.get(URL).text
    assert client.get(f"{URL}{opinion.pk}/").status_code == 404


def test_what_residents_and_officials_wrote_is_never_markup(cast: Cast, client: Client) -> None:
    evil = "<script>alert(1)</script>"
    page = make_page("implementing", cast)
    opinion = make_opinion("accepted", cast, page.project, text=f"{evil}意见")
    data = {"answer": f"{evil}答复", "outcome": "partly"}
    opinion = move(opinion, "draft", by=cast["unit"], data=data)
    opinion = move(opinion, "approve", by=cast["department"])
    publish_exchange(opinion, by=cast["department"], question=f"{evil}问题")
    for address in (URL, f"{URL}{opinion.pk}/", page.url):
        found = client.get(address).text
        assert evil not in found, address
    assert evil not in client.get(f"{URL}feed.atom").text


def test_the_list_is_narrowed_by_year_unit_field_and_outcome(cast: Cast, client: Client) -> None:
    page = make_page("implementing", cast)
    published(cast, "关于项目的意见", project=page.project)
    published(cast, "关于整体的意见")
    unit = cast.organization.unit
    for query, found in (
        ("", 2),
        ("outcome=adopted", 2),
        ("outcome=nonsense", 2),
        (f"unit={unit.pk}", 1),
        ("sector=urban", 1),
        (f"year={cast.cycle.year}", 2),
        ("year=1999", 2),
    ):
        listing = client.get(f"{URL}?{query}").context["listing"]
        assert listing.count == found, query
        assert client.get(f"{URL}feed.atom?{query}").text.count("<entry>") == found, query


def test_the_public_pages_cost_a_fixed_number_of_queries(cast: Cast) -> None:
    page = make_page("implementing", cast)
    addresses = (URL, f"{URL}feed.atom", page.url, "/")
    first = published(cast, project=page.project, commitment=page.project.commitments.get())
    for address in (*addresses, f"{URL}{first.pk}/"):
        Client().get(address)
    few = {address: queries_of(Client(), address) for address in addresses}
    copies(page.project, 60)
    many = {address: queries_of(Client(), address) for address in addresses}
    assert many == few
    assert max(many.values()) <= 25
    assert queries_of(Client(), f"{URL}{first.pk}/") <= 25
    assert queries_of(Client(), "/opinions/lookup/") <= 25
    assert queries_of(Client(), "/opinions/") <= 25


def copies(
    project: Project | None, number: int, chance: Random | None = None, **fields: Any
) -> None:
    """Write opinions past the services, in random states and on random days when told so."""
    model = Opinion.objects.latest("pk")
    rows = []
    for place in range(number):
        row = Opinion(
            **{f.attname: getattr(model, f.attname) for f in Opinion._meta.concrete_fields}
        )
        row.pk, row.number, row.submission = (
            None,
            f"X{place}-{nonce()}"[:20],
            submission_of(nonce()),
        )
        row.project = project
        if chance is not None:
            shuffle(row, chance)
        rows.append(row)
    Opinion.objects.bulk_create(rows)


def shuffle(row: Opinion, chance: Random) -> None:
    """Give a row a random course."""
    day = date(2022, 1, 1) + timedelta(days=chance.randrange(400))
    row.created_at = datetime.combine(
        day, datetime.min.time(), tzinfo=timezone.get_default_timezone()
    )
    row.created_at += timedelta(hours=chance.randrange(24))
    row.answer_by = day + timedelta(days=9)
    state = chance.choice(OpinionState.values)
    row.__dict__["state"] = state
    row.outcome = row.refusal = row.published_question = row.withheld = ""
    row.closed_on = row.published_at = None
    if state == "answered":
        row.outcome = chance.choice(Outcome.values)
        row.closed_on = day + timedelta(days=chance.randrange(20))
        if chance.random() < 0.7:
            row.published_at, row.published_question = timezone.now(), "问"
    elif state == "refused":
        row.refusal, row.closed_on = chance.choice(RefusalClass.values), day


@pytest.mark.parametrize("seed", range(4))
def test_the_numbers_equal_independent_counts(cast: Cast, seed: int) -> None:
    make_opinion("answered", cast)
    copies(None, 150, Random(seed))
    today = date(2022, 8, 1 + seed)
    months = numbers_by_month(today=today)
    rows = list(Opinion.objects.all())
    for first, numbers in months.items():
        mine = [row for row in rows if timezone.localdate(row.created_at).replace(day=1) == first]
        answered = [row for row in mine if row.state == "answered"]
        in_time = [row for row in answered if row.closed_on <= row.answer_by]
        still = [row for row in mine if row.state not in ("answered", "refused")]
        waiting = [row for row in still if row.answer_by < today]
        assert numbers.received == len(mine)
        assert numbers.answered == len(answered)
        assert numbers.in_time == len(in_time)
        assert numbers.late == len(answered) - len(in_time) + len(waiting)
        assert numbers.refused == sum(row.state == "refused" for row in mine)
        assert numbers.running == len(still) - len(waiting)
        assert numbers.marks[Mark.DONE_LATE] == len(answered) - len(in_time)
        assert numbers.marks[Mark.LATE] == len(waiting)
        assert sum(numbers.marks.values()) == len(mine)
        assert numbers.outcomes == Counter(row.outcome for row in answered)
        assert numbers.refusals == Counter(row.refusal for row in mine if row.refusal)
        assert numbers.published == sum(row.published_at is not None for row in mine)
        assert numbers.withheld == sum(row.withheld != "" for row in mine)
    assert together(months.values()).received == len(rows)


def test_the_page_tells_the_same_numbers_as_the_rows(cast: Cast, client: Client) -> None:
    make_opinion("answered", cast)
    make_opinion("refused", cast)
    published(cast)
    make_opinion("received", cast)
    chart = client.get(URL).context["chart"]
    assert [cell["text"] for cell in chart["rows"][-1][1:]] == [4, 2, 0, 1, 1, 1]
    year = cast.cycle.year
    since = f"{timezone.localdate():%Y年%-m月}起"
    told = f"{year}年度（{since}）收到意见4条，已答复2条；按期答复率100%，超期0条。"
    assert chart["finding"] == told
    tables = {table["id"]: table["rows"] for table in chart["details"]}
    assert [row[0] for row in tables["opinions-refusalclass"]] == ["与项目和承诺无关"]
    summary = client.get(URL).context["summary"]
    assert "".join(part["text"] for part in summary["say"]) == (
        "共收到意见4条，按期答复2条，正在办理1条，不予受理1条。"
    )
    assert [(part.label, part.count) for part in summary["bar"].parts] == [
        ("按期答复", 2),
        ("办理中", 1),
        ("不予受理", 1),
    ]
    assert client.get(URL, {"year": year}).context["summary"] == summary
    make_page("implementing", cast)
    assert "本月收到意见4条，已答复2条，超期0条。" in client.get("/").text


def test_without_opinions_there_is_no_chart(cast: Cast, client: Client) -> None:
    found = client.get(URL)
    assert found.context["chart"] is None
    assert "还没有公开的答复" in found.text
    assert together(()).share_in_time == ""
    make_opinion("received", cast)
    assert "按期答复率" not in client.get(URL).context["chart"]["finding"]


def test_months_of_two_years_say_their_year() -> None:

    months = {
        date(2022, 12, 1): Numbers(Counter(late=1)),
        date(2023, 1, 1): Numbers(Counter(late=2)),
    }
    chart = months_chart(months, 2022)
    assert chart is not None
    assert [bar["label"] for bar in chart["bars"]] == ["2022年12月", "2023年1月"]
    assert chart["finding"].startswith("2022年度收到意见3条")
    assert months_chart({}, 2022) is None


def test_months_outside_of_their_programme_year_say_their_calendar_year() -> None:
    months = {date(2026, 11, 1): Numbers(Counter(late=1))}
    ahead, own = months_chart(months, 2027), months_chart(months, 2026)
    assert ahead is not None
    assert own is not None
    assert ahead["bars"][0]["label"] == "2026年11月"
    assert ahead["finding"].startswith("2027年度（2026年11月起）收到意见1条")
    assert own["finding"].startswith("2026年度收到意见1条")
    assert own["bars"][0]["label"] == "11月"


def test_the_contact_is_forgotten_some_days_after_the_answer(cast: Cast) -> None:
    answered = make_opinion("answered", cast, contact=PHONE)
    waiting = make_opinion("accepted", cast, contact=PHONE)
    assert clear_contacts(30) == 0
    with time_machine.travel(timezone.now() + timedelta(days=30)):
        assert clear_contacts(31) == 0
        assert clear_contacts(30) == 1
        assert clear_contacts(30) == 0
    answered.refresh_from_db()
    assert answered.contact == ""
    assert answered.contact_cleared_at
    assert Opinion.objects.get(pk=waiting.pk).contact == PHONE


def test_over_the_page_an_archived_project_keeps_its_answers(cast: Cast, client: Client) -> None:
    page = make_page("implementing", cast)
    published(cast, project=page.project)
    forge(page.project, "archived")
    found = client.get(page.url).text
    assert "收到意见1条" in found
    assert set(re.findall(r'"([^"]*)\?project=', found)) == {reverse("follow")}


def test_an_archived_project_without_opinions_shows_no_part(cast: Cast, client: Client) -> None:
    page = make_page("implementing", cast)
    assert 'id="opinions"' in client.get(page.url).text
    forge(page.project, "archived")
    assert 'id="opinions"' not in client.get(page.url).text
