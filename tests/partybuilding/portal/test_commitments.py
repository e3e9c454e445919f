"""Public commitments of an approved project."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from partybuilding.core.services import move
from partybuilding.projects.models.commitment import SHORT
from tests.factories import make_project

DAY = timezone.localdate() + timedelta(days=60)


@pytest.fixture
def client(cast, browse):
    return browse(cast["applicant"])


@pytest.fixture
def project(cast):
    return make_project("approved", cast)


def listing(project):
    return reverse("portal:commitments", args=[project.pk])


def place(project, number):
    return reverse("portal:commitment", args=[project.pk, number])


def said(goal="办结议题60件", **more):
    return {
        "goal": goal,
        "deadline": DAY.isoformat(),
        "person": "李示例",
        "post": "党委书记",
        "steps-TOTAL_FORMS": "2",
        "steps-INITIAL_FORMS": "0",
        "steps-0-title": "首次议事",
        "steps-0-deadline": DAY.isoformat(),
        "steps-0-ORDER": "1",
        "steps-1-title": "",
        "steps-1-ORDER": "2",
        **more,
    }


def test_a_commitment_is_written_with_its_steps(project, client) -> None:
    assert client.post(place(project, 1), said())["Location"] == listing(project)
    written = project.commitments.get()
    assert written.goal == "办结议题60件"
    assert [step.title for step in written.steps.all()] == ["首次议事"]
    assert "办结议题60件" in client.get(listing(project)).content.decode()


def test_one_is_changed_or_removed_and_the_others_stay(project, client) -> None:
    for number, goal in enumerate(("甲", "乙", "丙"), start=1):
        client.post(place(project, number), said(goal))
    client.post(place(project, 2), said("乙改"))
    assert [item.goal for item in project.commitments.all()] == ["甲", "乙改", "丙"]
    client.post(place(project, 1), {"remove": "1"})
    assert [item.goal for item in project.commitments.all()] == ["乙改", "丙"]
    assert project.commitments.first().steps.count() == 1


def test_what_is_wrong_comes_back_with_its_text(project, client) -> None:
    page = client.post(place(project, 1), said("长" * 301)).content.decode()
    assert "长" * 301 in page
    assert "首次议事" in page
    assert not project.commitments.exists()


def test_an_incomplete_one_is_named_before_submitting(project, client) -> None:
    client.post(place(project, 1), said(post=""))
    page = client.get(listing(project)).content.decode()
    assert "第1项承诺须写明" in page
    client.post(listing(project))
    project.refresh_from_db()
    assert project.state == "approved"


def test_they_are_handed_in_once(project, client) -> None:
    client.post(place(project, 1), said())
    client.post(listing(project))
    page = client.post(listing(project), follow=True).content.decode()
    project.refresh_from_db()
    assert project.state == "commitments_submitted"
    assert "承诺此前已经提交" in page


def test_text_typed_after_they_were_handed_in_comes_back(cast, project, client) -> None:
    client.post(place(project, 1), said())
    move(project, "submit_commitments", by=cast["applicant"])
    answer = client.post(place(project, 1), said("迟到的承诺"))
    assert answer.status_code == 409
    assert "迟到的承诺" in answer.content.decode()
    assert project.commitments.get().goal == "办结议题60件"


def test_there_is_no_third_before_the_second(project, client) -> None:
    assert client.get(place(project, 2)).status_code == 404
    assert client.get(place(project, 1)).status_code == 200


def test_returned_ones_tell_why(cast, project, client) -> None:
    client.post(place(project, 1), said())
    project = move(project, "submit_commitments", by=cast["applicant"])
    move(project, "return_commitments", by=cast["editor"], reason="请写明验收办法。")
    page = client.get(listing(project)).content.decode()
    assert "请写明验收办法。" in page


def test_a_short_name_is_kept_and_shown_and_never_cut(project, client) -> None:
    name = "议" * SHORT
    client.post(place(project, 1), said(short_name=name))
    assert project.commitments.get().name == name
    assert f"公开简称：{name}" in client.get(listing(project)).content.decode()
    again = client.post(place(project, 1), said(short_name=f"{name}题"))
    assert again.status_code == 200
    assert f"{name}题" in again.content.decode()
    client.post(place(project, 1), said())
    assert project.commitments.get().name == "办结议题60件"


def test_the_others_keep_their_short_names(project, client) -> None:
    client.post(place(project, 1), said("甲的目标", short_name="甲"))
    client.post(place(project, 2), said("乙的目标", short_name="乙"))
    assert list(project.commitments.values_list("short_name", flat=True)) == ["甲", "乙"]
