"""Check, hand in once, read the receipt; withdraw."""

import pytest
from django.urls import reverse
from django.utils import timezone

from partybuilding.core.models import TransitionRecord
from partybuilding.core.services import move
from partybuilding.cycles.models import Cycle
from partybuilding.projects.models import Project
from partybuilding.projects.services import open_review, rate, submit_application
from tests.factories import fill, make_cast, make_project, open_cycle

YES = {"confirmed": "on"}


@pytest.fixture
def client(cast, browse):
    return browse(cast["applicant"])


@pytest.fixture
def ready(cast):
    return fill(make_project("draft", cast), cast)


def place(name, project, *rest):
    return reverse(f"portal:{name}", args=[project.pk, *rest])


def test_what_is_missing_is_named_with_the_way_to_it(cast, client) -> None:
    draft = make_project("draft", cast)
    page = client.get(place("check", draft)).content.decode()
    assert "请说明拟破解的问题。" in page
    assert f'href="{place("section", draft, "problem")}"' in page
    assert "提交申报" not in page


def test_every_answer_has_the_way_to_change_it(ready, client) -> None:
    page = client.get(place("check", ready)).content.decode()
    assert ready.problem in page
    for section in ("basics", "problem", "distinctiveness", "highlights", "plan", "attachments"):
        assert place("section", ready, section) in page


def test_it_is_handed_in_after_confirming(ready, client) -> None:
    assert "请先核对申报内容并勾选确认" in client.post(place("check", ready)).content.decode()
    answer = client.post(place("check", ready), YES)
    ready.refresh_from_db()
    assert ready.state == "submitted"
    assert answer["Location"] == place("receipt", ready)
    page = client.get(answer["Location"]).content.decode()
    assert ready.code in page
    assert "应于" in page


def test_an_incomplete_one_is_not_handed_in(cast, client) -> None:
    draft = make_project("draft", cast)
    page = client.post(place("check", draft), YES).content.decode()
    draft.refresh_from_db()
    assert draft.state == "draft"
    assert "请填写项目名称。" in page


def test_a_second_click_hands_it_in_once_and_says_so(ready, client) -> None:
    client.post(place("check", ready), YES)
    page = client.post(place("check", ready), YES, follow=True).content.decode()
    assert "此前已经提交，无需重复提交" in page
    assert TransitionRecord.objects.filter(record_id=ready.pk, step="submit").count() == 1


def test_a_colleague_who_was_faster_is_good_news(cast, ready, client, monkeypatch) -> None:
    submit = submit_application

    def raced(project, *, by):
        submit(Project.objects.get(pk=project.pk), by=by)
        return submit(project, by=by)

    monkeypatch.setattr("partybuilding.portal.views.submission.submit_application", raced)
    page = client.post(place("check", ready), YES, follow=True).content.decode()
    assert "此前已经提交，无需重复提交" in page


def test_a_closed_window_is_told_on_the_check_page(cast, ready, client) -> None:
    yesterday = timezone.localdate() - timezone.timedelta(days=1)
    Cycle.objects.filter(pk=cast.cycle.pk).update(applications_close=yesterday)
    assert "申报已截止。" in client.get(place("check", ready)).content.decode()


def test_a_returned_one_is_mended_and_handed_in_again(cast, client) -> None:
    project = make_project("returned", cast)
    client.post(place("section", project, "problem"), {"problem": "补充了数据：65户。"})
    client.post(place("check", project), YES)
    project.refresh_from_db()
    assert (project.state, project.problem) == ("submitted", "补充了数据：65户。")


def test_it_is_withdrawn_with_a_reason(cast, client) -> None:
    project = make_project("submitted", cast)
    assert "请填写撤回理由" in client.post(place("withdraw", project), {}).content.decode()
    client.post(place("withdraw", project), {"reason": "条件不成熟。"})
    project.refresh_from_db()
    assert project.state == "withdrawn"


def test_whoever_is_overtaken_while_withdrawing_reads_no_reviewers_name(
    cast, client, monkeypatch
) -> None:
    project = make_project("submitted", cast)
    take = move

    def raced(seen, step, **rest):
        now = Project.objects.get(pk=seen.pk)
        take(now, "not_recommend", by=cast["unit"], data={"grounds": ["plan_incomplete"]})
        return take(seen, step, **rest)

    monkeypatch.setattr("partybuilding.portal.views.submission.move", raced)
    answer = client.post(place("withdraw", project), {"reason": "不报了。"}, follow=True)
    page = answer.content.decode()
    assert "已有新的办理情况" in page
    assert cast["unit"].get_full_name() not in page


@pytest.mark.parametrize("state", ["approved", "declined", "withdrawn"])
def test_what_is_decided_is_not_withdrawn(state, cast, client) -> None:
    project = make_project(state, cast)
    client.post(place("withdraw", project), {"reason": "晚了。"})
    project.refresh_from_db()
    assert project.state == state


def test_it_is_taken_back_until_the_unit_opens_it(cast, client) -> None:
    project = make_project("submitted", cast)
    page = client.get(place("project", project)).text
    assert f'href="{place("recall", project)}"' in page
    asked = client.get(place("recall", project)).text
    assert "归口单位尚未开始审核" in asked
    assert Project.objects.get(pk=project.pk).state == "submitted"
    answer = client.post(place("recall", project))
    assert answer.url == place("application", project)
    assert Project.objects.get(pk=project.pk).state == "draft"


def test_what_the_unit_has_opened_says_so_and_offers_no_way_back(cast, client) -> None:
    project = make_project("submitted", cast)
    open_review(project, by=cast["unit"])
    page = client.get(place("project", project)).text
    assert place("recall", project) not in page
    assert "归口单位已于" in page
    for answer in (client.get(place("recall", project)), client.post(place("recall", project))):
        assert answer.url == place("project", project)
    assert Project.objects.get(pk=project.pk).state == "submitted"


def test_the_unit_that_opens_it_meanwhile_is_faster(cast, client, monkeypatch) -> None:
    project = make_project("submitted", cast)
    monkeypatch.setattr(
        "partybuilding.portal.views.submission.offer_of_applicant", lambda *_given: ()
    )
    open_review(project, by=cast["unit"])
    page = client.post(place("recall", project), follow=True).text
    assert "归口单位已开始初审" in page
    assert Project.objects.get(pk=project.pk).state == "submitted"


@pytest.fixture
def unreviewed(db):
    return make_cast(open_cycle(first_review=False))


def test_without_a_first_review_it_is_taken_back_until_the_department_begins(
    unreviewed, browse
) -> None:
    cast, client = unreviewed, browse(unreviewed["applicant"])
    project = make_project("submitted", cast)
    assert f'href="{place("recall", project)}"' in client.get(place("project", project)).text
    asked = client.get(place("recall", project)).text.split("<main")[1]
    assert "组织部尚未开始审核" in asked
    assert "归口单位" not in asked
    answer = client.post(place("recall", project))
    assert answer.url == place("application", project)
    assert Project.objects.get(pk=project.pk).state == "draft"
    assert "初审" not in client.get(place("check", project)).text.split("<main")[1]


@pytest.mark.parametrize(
    ("begin", "words"),
    [
        (lambda project, by: open_review(project, by=by), "组织部已于"),
        (
            lambda project, by: rate(project, {project.cycle.criteria.first().pk: 1}, by=by),
            "组织部已着手办理",
        ),
    ],
)
def test_what_the_department_has_begun_with_says_so(begin, words, unreviewed, browse) -> None:
    cast, client = unreviewed, browse(unreviewed["applicant"])
    project = make_project("submitted", cast)
    begin(project, cast["department"])
    page = client.get(place("project", project)).text
    assert place("recall", project) not in page
    assert words in page
    for answer in (client.get(place("recall", project)), client.post(place("recall", project))):
        assert answer.url == place("project", project)
    assert Project.objects.get(pk=project.pk).state == "first_passed"


def test_with_a_first_review_the_department_says_nothing_of_taking_back(cast, client) -> None:
    project = make_project("first_passed", cast)
    page = client.get(place("project", project)).text
    assert place("recall", project) not in page
    assert "已着手办理" not in page
