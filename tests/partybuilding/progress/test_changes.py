"""Changes of published commitments: proposed, decided, told for ever; nothing else changes a promise."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from partybuilding.core.calendar import add_working_days
from partybuilding.core.machine.refusals import ConditionUnmet, Frozen, NotYours
from partybuilding.core.models import Notice
from partybuilding.core.selectors import trail_of
from partybuilding.core.services import move
from partybuilding.progress.models import CommitmentChange
from partybuilding.progress.services import propose_change
from partybuilding.projects.models import Commitment
from partybuilding.projects.promises.cards import changes_words, deadline_words
from partybuilding.projects.promises.changes import AppliedChange, Reads
from partybuilding.projects.promises.progress import days_late
from tests.factories import Cast, make_cast
from tests.factories.column import forge
from tests.factories.progress import day, make_change, make_kept, report, step_of

pytestmark = pytest.mark.django_db
WHY = "场地因修缮停用。"


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def approved(change: CommitmentChange, cast: Cast) -> CommitmentChange:
    return move(change, "approve", by=cast["department"])


def test_a_proposal_changes_nothing_and_goes_to_the_department(cast: Cast) -> None:
    change = make_change("proposed", cast)
    commitment = Commitment.objects.get()
    assert (commitment.deadline, commitment.changes_told) == (day(20), [])
    assert change.due_on == add_working_days(timezone.localdate(), cast.cycle.change_days)
    for role in ("department", "unit"):
        assert Notice.objects.to(cast[role]).filter(subject__contains="承诺").exists()


@pytest.mark.parametrize(
    ("part", "given", "reads"),
    [
        ("goal", {"text": "办结议题8件"}, {"goal": "办结议题8件"}),
        ("deadline", {"day": day(40)}, {"deadline": day(40)}),
        ("person", {"text": "王示例", "post": "副书记"}, {"person": "王示例", "post": "副书记"}),
    ],
)
def test_each_part_of_a_commitment_reads_anew_once_approved(
    cast: Cast, part: str, given: dict, reads: dict
) -> None:
    commitment = make_kept(cast).commitments.get()
    change = propose_change(commitment, part, by=cast["applicant"], reason=WHY, **given)
    approved(change, cast)
    now = Commitment.objects.get()
    assert {name: getattr(now, name) for name in reads} == reads
    told = now.applied_changes[0]
    assert (told.number, told.old, told.new, told.reason) == (
        change.pk,
        change.old,
        change.new,
        WHY,
    )
    assert now.promise.changes == 1
    noted = trail_of(now.project).last()
    assert (noted.step, noted.reason, noted.data["to"]) == ("change", WHY, str(change.new))


@pytest.mark.parametrize(
    ("part", "given", "name"),
    [
        ("goal", {"text": "办结议题80件"}, "办结议题80件"),
        ("deadline", {"day": day(40)}, "议题60件"),
    ],
)
def test_a_short_name_goes_with_the_goal_that_it_named(
    cast: Cast, part: str, given: dict, name: str
) -> None:
    commitment = make_kept(cast).commitments.get()
    Commitment.objects.update(short_name="议题60件")
    change = propose_change(commitment, part, by=cast["applicant"], reason=WHY, **given)
    approved(change, cast)
    assert Commitment.objects.get().name == name


@pytest.mark.parametrize(
    ("part", "given", "reads"),
    [("title", {"text": "季度议事"}, "季度议事"), ("deadline", {"day": day(9)}, day(9))],
)
def test_each_part_of_a_step_reads_anew_once_approved(
    cast: Cast, part: str, given: dict, reads: object
) -> None:
    project = make_kept(cast, steps=2)
    change = propose_change(step_of(project), part, by=cast["applicant"], reason=WHY, **given)
    approved(change, cast)
    assert getattr(step_of(project), part) == reads
    assert step_of(project).promise.changes == 1
    assert step_of(project, 1).promise.changes == 0
    assert project.commitments.get().promise.original == day(20)


def test_lateness_is_counted_from_the_first_deadline_for_ever(cast: Cast) -> None:
    project = make_kept(cast)
    for days in (40, 60):
        approved(make_change("proposed", cast, project, days), cast)
    promise = project.commitments.get().promise
    assert (promise.original, promise.current, promise.changes) == (day(20), day(60), 2)
    assert days_late(promise, day(50)) == 30
    assert deadline_words(promise).startswith("原定")
    assert changes_words(promise) == "已调整（2次）"


def test_the_steps_that_were_due_with_it_move_along(cast: Cast) -> None:
    project = make_kept(cast, steps=3)
    report(step_of(project), cast)
    early = step_of(project, 1)
    early.deadline = day(10)
    early.save()
    make_change("approved", cast, project)
    assert [step_of(project, at).deadline for at in range(3)] == [day(20), day(10), day(40)]
    moved = step_of(project, 2).promise
    assert (moved.original, moved.current, moved.changes) == (day(20), day(40), 1)
    assert step_of(project, 1).promise.changes == 0


def test_a_commitment_without_a_deadline_counts_from_its_first_one(cast: Cast) -> None:
    project = make_kept(cast)
    project.commitments.update(deadline=None)
    make_change("approved", cast, project, 30)
    make_change("approved", cast, project, 50)
    promise = project.commitments.get().promise
    assert (promise.original, promise.current) == (day(30), day(50))


@pytest.mark.parametrize(
    ("part", "given", "words"),
    [
        ("deadline", {}, "新的完成时限"),
        ("deadline", {"in_days": 900}, "年度内"),
        ("deadline", {"in_days": -1}, "不能早于今天"),
        ("deadline", {"in_days": 20}, "与现有内容相同"),
        ("goal", {"text": " "}, "填写"),
        ("goal", {"text": "办结议题10件"}, "与现有内容相同"),
        ("person", {"text": "王示例"}, "填写"),
        ("goal", {"text": "联系13812345678"}, "手机号码"),
        ("title", {"text": "季度议事"}, "不能调整"),
        ("goal", {"text": "新目标", "reason": " "}, "理由"),
        ("goal", {"text": "新目标", "reason": "电话13812345678"}, "手机号码"),
    ],
)
def test_what_is_no_change_or_unfit_is_refused(
    cast: Cast, part: str, given: dict, words: str
) -> None:
    commitment = make_kept(cast).commitments.get()
    given = {"reason": WHY, **given}
    if "in_days" in given:
        given["day"] = day(given.pop("in_days"))
    with pytest.raises(ConditionUnmet, match=words):
        propose_change(commitment, part, by=cast["applicant"], **given)
    assert not CommitmentChange.objects.exists()


def test_a_step_does_not_end_after_its_commitment(cast: Cast) -> None:
    project = make_kept(cast)
    with pytest.raises(ConditionUnmet, match="先申请调整承诺"):
        propose_change(step_of(project), "deadline", by=cast["applicant"], reason=WHY, day=day(30))


def test_what_is_kept_is_changed_no_more(cast: Cast) -> None:
    project = make_kept(cast)
    change = make_change("proposed", cast, project)
    report(step_of(project), cast)
    with pytest.raises(ConditionUnmet, match="已报告完成"):
        approved(change, cast)
    assert project.commitments.get().changes_told == []
    with pytest.raises(ConditionUnmet, match="已报告完成"):
        propose_change(step_of(project), "title", by=cast["applicant"], reason=WHY, text="新")


def test_one_proposal_at_a_time_for_the_same_thing(cast: Cast) -> None:
    project = make_kept(cast, steps=2)
    change = make_change("proposed", cast, project)
    with pytest.raises(ConditionUnmet, match="已有待批准"):
        make_change("proposed", cast, project, 50)
    for step in (step_of(project, 0), step_of(project, 1)):
        propose_change(step, "title", by=cast["applicant"], reason=WHY, text="改标题")
    move(change, "withdraw", by=cast["applicant"])
    assert make_change("proposed", cast, project, 50).state == "proposed"
    copy = CommitmentChange.objects.filter(step=None).first()
    copy.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save()


@pytest.mark.parametrize("role", ["unit", "department", "editor"])
def test_the_leading_organization_proposes_and_nobody_else(cast: Cast, role: str) -> None:
    commitment = make_kept(cast).commitments.get()
    with pytest.raises(Frozen):
        propose_change(commitment, "goal", by=cast[role], reason=WHY, text="新目标")


def test_nothing_is_proposed_or_approved_once_the_work_is_over(cast: Cast) -> None:
    project = make_kept(cast)
    change = make_change("proposed", cast, project)
    forge(project, "results_submitted")
    with pytest.raises(ConditionUnmet, match="实施期间"):
        approved(change, cast)
    with pytest.raises(Frozen):
        make_change("proposed", cast, project)
    assert move(change, "refuse", by=cast["department"], reason="已进入考评。").state == "refused"


def test_a_refusal_needs_its_reason_and_stays_among_those_concerned(cast: Cast) -> None:
    change = make_change("proposed", cast)
    with pytest.raises(ConditionUnmet):
        move(change, "refuse", by=cast["department"])
    with pytest.raises(NotYours):
        move(change, "refuse", by=cast["unit"], reason="不妥。")
    move(change, "refuse", by=cast["department"], reason="请按期完成。")
    assert Commitment.objects.get().changes_told == []
    newest = Notice.objects.to(cast["applicant"]).first()
    assert (newest.subject.startswith("承诺调整未获批准"), newest.body) == (True, "请按期完成。")


def test_a_withdrawal_is_told_to_the_department(cast: Cast) -> None:
    move(make_change("proposed", cast), "withdraw", by=cast["applicant"])
    assert Notice.objects.to(cast["department"]).first().subject.startswith("承诺调整申请已撤回")


def test_what_is_told_reads_back_as_it_was() -> None:
    at = timezone.now()
    change = AppliedChange(3, "deadline", Reads(day=day(1)), Reads(day=day(2)), at, WHY, 4, (5, 6))
    again = AppliedChange.from_json(change.as_json())
    assert again == change
    assert again.touches(4)
    assert again.touches(6)
    assert not again.touches(7)
    assert str(Reads("王示例", "副书记")) == "王示例（副书记）"
    assert at + timedelta(0) == again.at
