"""Projects in any state, brought there by the people who would do it."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.utils import timezone

from partybuilding.core.services import move
from partybuilding.core.states import Role
from partybuilding.cycles.models import Cycle
from partybuilding.organizations.models import Organization
from partybuilding.projects.models import Project
from partybuilding.projects.services import (
    appoint_four_ones,
    create_draft,
    rate,
    record_assessment,
    save_application,
    save_commitments,
    save_plan,
    save_results,
    submit_application,
)
from partybuilding.projects.states import ProjectState
from tests.factories.people import make_group, make_organization, make_person
from tests.factories.programme import announce_cycle, open_cycle
from tests.replay import replayed

FOUR_ONES = {
    "leader": ("王示例", "区农业农村委主任"),
    "secretary": ("李示例", "党委书记"),
    "liaison": ("赵示例", "组织部干部"),
    "team": ("项目工作专班", "社区干部与志愿者"),
}


@dataclass
class Cast:
    """Everybody whom one project meets on its way."""

    cycle: Cycle
    organization: Organization
    people: dict[str, Any] = field(default_factory=dict)

    def __getitem__(self, role: str) -> Any:
        return self.people[role]


@replayed
def make_cast(cycle: Cycle | None = None, organization: Organization | None = None) -> Cast:
    """Make a year, an organisation below a unit, and one person for every role."""
    year = cycle or open_cycle()
    lead = organization or make_organization()
    cast = Cast(year, lead)
    places = {Role.APPLICANT: lead, Role.UNIT: lead.unit}
    for role in Role:
        cast.people[role.value] = make_person(role, places.get(role))
    cast.people["group"] = make_group(cast["expert"])
    return cast


def fill(project: Project, cast: Cast) -> Project:
    """Fill in every part of the application."""
    by = cast["applicant"]
    project = save_application(
        project,
        by=by,
        title=project.title or "“邻里议事厅”破解小区治理难题",
        sector="urban",
        topic=cast.cycle.topics.first(),
        contact_name="周示例",
        contact_phone="023-79220000",
        problem="小区停车、楼道堆物等矛盾多，党员作用发挥不明显。",
        distinctiveness="党员认领楼栋，居民每月议事，事项公开销号。",
        highlights="全年办结居民议题不少于60件，满意度达到95%。",
        overview="建机制、搭平台、抓落实三步推进。",
    )
    deadline = timezone.localdate() + timedelta(days=30)
    row = {"task": "建立议事厅", "goal": "12个小区全覆盖", "deadline": deadline, "person": "李示例"}
    return save_plan(project, [{**row, "post": "党委书记"}], by=by)


@replayed
def make_project(
    state: str = ProjectState.DRAFT, cast: Cast | None = None, **fields: Any
) -> Project:
    """Make a project and bring it to a state, step by step, by the people of its cast."""
    cast = cast or make_cast()
    project = create_draft(cast.cycle, cast.organization, by=cast["applicant"], **fields)
    if state == ProjectState.DRAFT:
        return project
    project = fill(project, cast)
    for step in _WAYS[state]:
        if cast.cycle.first_review or step not in ("pass_first", "not_recommend"):
            project = take(project, step, cast)
    return project


def take(project: Project, step: str, cast: Cast) -> Project:
    """Take one step with everything it asks for."""
    if step == "submit":
        return submit_application(project, by=cast["applicant"])
    if step in _PREPARE:
        _PREPARE[step](project, cast)
    who, extra = INPUTS[step]
    if who == "unit" and not cast.cycle.first_review:
        who = "department"
    return move(project, step, by=cast[who], **extra)


def assess(project: Project, cast: Cast) -> None:
    """Pre-assess, rate and name the four ones, so that it can be approved."""
    by = cast["department"]
    record_assessment(project, "visit", by=by, participants="组织部一行3人", findings="基础扎实。")
    rate(
        project,
        {criterion.pk: criterion.points - 5 for criterion in cast.cycle.criteria.all()},
        by=by,
    )
    appoint_four_ones(project, FOUR_ONES, by=by)


def promise(project: Project, cast: Cast) -> None:
    """Write one complete commitment."""
    day = timezone.localdate() + timedelta(days=60)
    step = {"title": "首次议事", "deadline": day}
    row = {"goal": "办结议题60件", "deadline": day, "person": "李示例", "post": "党委书记"}
    save_commitments(project, [{**row, "steps": [step]}], by=cast["applicant"])


def finish(project: Project, cast: Cast) -> None:
    """Explain the commitments and sum up the results."""
    told = dict.fromkeys(project.commitments.values_list("pk", flat=True), "因汛期推迟至次年。")
    save_results(project, by=cast["applicant"], summary="办结议题66件。", explanations=told)


def announce(project: Project, cast: Cast) -> None:
    """Lead the year to the announcement of its results."""
    announce_cycle(cast.cycle, cast["department"])


_PREPARE = {
    "approve": assess,
    "submit_commitments": promise,
    "submit_results": finish,
    "archive": announce,
}
INPUTS: dict[str, tuple[str, dict[str, Any]]] = {
    "pass_first": ("unit", {"reason": "同意推荐。"}),
    "send_back": ("unit", {"reason": "请补充计划。"}),
    "recall": ("applicant", {}),
    "not_recommend": ("unit", {"reason": "不够具体。", "data": {"grounds": ["plan_incomplete"]}}),
    "take_back": ("unit", {"reason": "意见填写有误。"}),
    "take_up": ("department", {}),
    "decline": ("department", {"reason": "不够具体。", "data": {"grounds": ["plan_incomplete"]}}),
    "revoke_approval": ("department", {"reason": "立项名单核对有误。"}),
    "approve": ("department", {"reason": "同意立项。"}),
    "submit_commitments": ("applicant", {}),
    "publish_commitments": ("publisher", {}),
    "submit_results": ("applicant", {}),
    "grade": ("department", {"data": {"grade": "first"}, "reason": "按排名评定。"}),
    "archive": ("department", {}),
    "return_commitments": ("editor", {"reason": "请补充时限。"}),
    "return_results": ("department", {"reason": "请补充数据。"}),
    "reopen": ("department", {"reason": "材料已补齐。"}),
    "withdraw": ("applicant", {"reason": "条件不成熟。"}),
    "terminate": ("department", {"reason": "场地被征用。"}),
}
_TO_APPROVED = ("submit", "pass_first", "approve")
_TO_DOING = (*_TO_APPROVED, "submit_commitments", "publish_commitments")
_WAYS: dict[str, tuple[str, ...]] = {
    "submitted": ("submit",),
    "returned": ("submit", "send_back"),
    "not_recommended": ("submit", "not_recommend"),
    "first_passed": ("submit", "pass_first"),
    "approved": _TO_APPROVED,
    "commitments_submitted": (*_TO_APPROVED, "submit_commitments"),
    "implementing": _TO_DOING,
    "results_submitted": (*_TO_DOING, "submit_results"),
    "graded": (*_TO_DOING, "submit_results", "grade"),
    "archived": (*_TO_DOING, "submit_results", "grade", "archive"),
    "declined": ("submit", "not_recommend", "decline"),
    "withdrawn": ("submit", "withdraw"),
    "terminated": (*_TO_APPROVED, "terminate"),
}
