"""What came of the promises: written bit by bit, complete when handed in, public only then."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from partybuilding.core.machine.refusals import ConditionUnmet
from partybuilding.core.services import move
from partybuilding.core.states import Role
from partybuilding.projects.models import Commitment, Project
from partybuilding.projects.services import save_results
from partybuilding.projects.states import ProjectState
from partybuilding.supervision.models import Rectification
from tests.factories import make_person
from tests.factories.progress import make_kept, report, step_of
from tests.factories.supervision import make_rectification

SUMMARY = "全年议事12次，办结居民议题66件。"
WHY = "因汛期施工推迟，调整至次年4月完成。"


@pytest.fixture
def client(cast: Any, browse: Any) -> Any:
    return browse(cast["applicant"])


@pytest.fixture
def project(cast: Any) -> Any:
    return make_kept(cast, steps=2)


@pytest.fixture
def url(project: Any) -> str:
    return reverse("portal:results", args=[project.pk])


def explanation(project: Any) -> str:
    return f"explanation-{project.commitments.get().pk}"


def given(project: Any, summary: str = SUMMARY, why: str = WHY, **said: str) -> dict[str, str]:
    return {"summary": summary, explanation(project): why, **said}


def kept(project: Any, cast: Any) -> None:
    for place in range(2):
        report(step_of(project, place), cast)


def test_the_screen_asks_for_a_summary_and_for_what_is_not_kept(
    client: Any, project: Any, url: str
) -> None:
    text = client.get(url).text
    for said in ("项目成果", "成果总结", "承诺1：未完成原因", "尚未报告完成的步骤", "提交成果"):
        assert said in text
    first = reverse("portal:report", args=[project.pk, step_of(project).pk])
    assert f'href="{first}"' in text


def test_a_kept_commitment_is_not_to_be_explained(
    client: Any, project: Any, url: str, cast: Any
) -> None:
    kept(project, cast)
    assert explanation(project) not in client.get(url).text
    client.post(url, {"summary": SUMMARY, "submit": "1"})
    assert Project.objects.get(pk=project.pk).state == ProjectState.RESULTS_SUBMITTED


def test_results_are_saved_before_they_are_complete(client: Any, project: Any, url: str) -> None:
    done = client.post(url, given(project, summary="写到一半", why=""), follow=True)
    assert "已保存，尚未提交" in done.text
    assert "写到一半" in client.get(url).text
    assert Project.objects.get(pk=project.pk).state == ProjectState.IMPLEMENTING


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"summary": "全部完成。"}, "请填写成果总结，并写明具体数据"),
        ({"why": ""}, "承诺1尚未完成"),
        ({"why": "可电13812345678联系。"}, "手机号码"),
        ({"summary": "办结66件，可电13812345678。"}, "手机号码"),
        ({"summary": "办" * 3001}, "3000"),
    ],
)
def test_what_is_lacking_is_told_beside_its_field_and_nothing_is_lost(
    client: Any, project: Any, url: str, said: dict[str, str], words: str
) -> None:
    answer = client.post(url, given(project, **said, submit="1"))
    assert answer.status_code == 200
    assert words in answer.text
    assert "error-summary" in answer.text
    for text in given(project, **said).values():
        assert text in answer.text
    assert Project.objects.get(pk=project.pk).state == ProjectState.IMPLEMENTING


def test_what_was_handed_in_is_read_and_not_written_again(
    client: Any, project: Any, url: str
) -> None:
    done = client.post(url, given(project, submit="1"), follow=True)
    assert "成果已提交，等待年终考评" in done.text
    text = client.get(url).text
    assert SUMMARY in text
    assert WHY in text
    assert "<textarea" not in text
    again = client.post(url, given(project, summary="改成9件。", submit="1"))
    assert "无需重复提交" in again.text
    assert Project.objects.get(pk=project.pk).results_summary == SUMMARY


def test_returned_results_say_why_and_are_handed_in_again(
    client: Any, project: Any, url: str, cast: Any
) -> None:
    client.post(url, given(project, submit="1"))
    now = Project.objects.get(pk=project.pk)
    move(now, "return_results", by=cast["department"], reason="请补充受益人数。")
    status = reverse("portal:project", args=[project.pk])
    for page in (url, status):
        assert "请补充受益人数。" in client.get(page).text
    client.post(url, given(project, summary="受益340人。", submit="1"))
    assert "请补充受益人数。" not in client.get(url).text
    assert Project.objects.get(pk=project.pk).state == ProjectState.RESULTS_SUBMITTED


def test_a_colleagues_words_are_not_overwritten_unseen(
    client: Any, project: Any, url: str, cast: Any
) -> None:
    seen = client.get(url).context["part"].seen
    save_results(project, by=cast["applicant"], summary="同事写的第1稿。")
    answer = client.post(url, given(project, seen=seen))
    assert answer.status_code == 409
    for said in ("同事写的第1稿。", SUMMARY, "已被修改"):
        assert said in answer.text
    client.post(url, given(project, seen=answer.context["part"].seen))
    assert Project.objects.get(pk=project.pk).results_summary == SUMMARY


def test_the_same_words_twice_are_no_conflict(client: Any, project: Any, url: str) -> None:
    seen = client.get(url).context["part"].seen
    for _time in range(2):
        assert client.post(url, given(project, seen=seen)).status_code == 302


def test_the_form_saves_itself(client: Any, project: Any, cast: Any) -> None:
    autosave = reverse("portal:results_autosave", args=[project.pk])
    seen = client.get(reverse("portal:results", args=[project.pk])).context["part"].seen
    answer = client.post(autosave, given(project, seen=seen))
    assert answer.json()["values"]["seen"] != seen
    assert Commitment.objects.get(project=project).explanation == WHY
    long = client.post(autosave, given(project, summary="办" * 3001, why="改了原因。"))
    assert long.status_code == 422
    assert Commitment.objects.get(project=project).explanation == "改了原因。"
    stale = client.post(autosave, given(project, summary="另一台电脑上写的。", seen=seen))
    assert stale.status_code == 409
    move_on(project, cast)
    assert client.post(autosave, given(project)).status_code == 409


def move_on(project: Any, cast: Any) -> None:
    move(project, "terminate", by=cast["department"], reason="组织撤并。")


def test_a_project_that_is_over_has_no_form(client: Any, project: Any, url: str, cast: Any) -> None:
    move_on(project, cast)
    assert "由牵头单位在项目实施期间填写" in client.get(url, follow=True).text


def test_others_do_not_find_it(browse: Any, url: str) -> None:
    assert browse(make_person(Role.APPLICANT)).get(url).status_code == 404


def test_when_everything_is_kept_the_screens_lead_to_the_results(
    client: Any, project: Any, url: str, cast: Any
) -> None:
    status, progress = (
        reverse(f"portal:{name}", args=[project.pk]) for name in ("project", "progress")
    )
    words = "各项承诺均已完成，下一步：总结项目成果"
    assert words not in client.get(status).text + client.get(progress).text
    kept(project, cast)
    for page in (status, progress):
        text = client.get(page).text
        assert words in text
        assert f'href="{url}"' in text


def test_findings_that_are_overdue_hold_the_results_up_and_others_are_warned_of(
    client: Any, project: Any, url: str, cast: Any
) -> None:
    found = make_rectification("issued", cast, project)
    kept(project, cast)
    save_results(project, by=cast["applicant"], summary=SUMMARY)
    text = client.get(url).text
    assert "提交成果前须先办理" not in text
    assert reverse("portal:supervision", args=[project.pk]) in text
    overdue = timezone.localdate() - timedelta(days=1)
    Rectification.objects.filter(pk=found.pk).update(rectify_by=overdue)
    assert "还有1个反馈问题逾期未整改" in client.get(url).text
    with pytest.raises(ConditionUnmet, match="还有1个反馈问题逾期未整改"):
        move(Project.objects.get(pk=project.pk), "submit_results", by=cast["applicant"])
    Rectification.objects.filter(pk=found.pk).update(rectify_by=timezone.localdate())
    handed_in = move(Project.objects.get(pk=project.pk), "submit_results", by=cast["applicant"])
    assert handed_in.state == "results_submitted"
