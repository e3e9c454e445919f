"""What people of the demonstration do to one project, each act through a service as its actor would."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from docx import Document

from demonstration.content import PEOPLE, REVIEWS
from demonstration.content.shapes import Application, Leader, ReturnedOnce
from demonstration.people import Company
from demonstration.pictures import draw, scene_of
from demonstration.year_form import answers_of
from partybuilding.cases.models import CaseStudy
from partybuilding.cases.services import adopt_case
from partybuilding.core.services import attach, move
from partybuilding.cycles.models import Cycle
from partybuilding.projects.models import Project
from partybuilding.projects.services import (
    answer_as_partner,
    appoint_four_ones,
    begin_from,
    create_draft,
    rate,
    record_assessment,
    save_application,
    save_commitments,
    save_partners,
    save_plan,
    submit_application,
)
from partybuilding.projects.states import Method, SourceKind

PHONE = "023-7922{number:04d}"


def leader_of(text: Application, number: int) -> Leader:
    """Return who is in charge of an application, by its field and number."""
    fitting = [leader for leader in PEOPLE.leaders if text.sector in leader.sectors]
    return (fitting or PEOPLE.leaders)[number % len(fitting or PEOPLE.leaders)]


def busiest_leader(kinds: Iterable[tuple[int, Application]]) -> int:
    """Return the place of the leader who is in charge of most of these applications.

    Args:
        kinds: number and content of each application.
    """
    counts = [0] * len(PEOPLE.leaders)
    for number, text in kinds:
        counts[PEOPLE.leaders.index(leader_of(text, number))] += 1
    return counts.index(max(counts))


def plan_paper(text: Application, organization: str) -> SimpleUploadedFile:
    """Write the plan of an application as a Word document."""
    document = Document()
    document.add_heading(text.title, level=1)
    document.add_paragraph(f"申报单位：{organization}（示例材料）")
    document.add_paragraph(text.overview)
    for number, step in enumerate(text.plan, start=1):
        document.add_paragraph(f"{number}. {step.task}：{step.goal}（{step.post}{step.name}）")
    out = BytesIO()
    document.save(out)
    return SimpleUploadedFile("实施方案.docx", out.getvalue())


def photograph(number: int, sector: str) -> SimpleUploadedFile:
    """Draw a picture in the place of a photograph."""
    return SimpleUploadedFile("现场照片.jpg", draw(scene_of(sector, number), number))


class Case:
    """One application of the content on its way; `number` makes each one a little different.

    Args:
        origin: the project that it goes on from: its organisation's own, or one whose case it learns from.
    """

    def __init__(
        self,
        company: Company,
        cycle: Cycle,
        text: Application,
        number: int,
        *,
        origin: Project | None = None,
    ) -> None:
        self.origin = origin
        self.company, self.cycle, self.text, self.number = company, cycle, text, number
        self.applicant = company.applicants[text.lead]
        self.organization = company.organizations[text.lead]
        self.unit_key = next(
            key
            for key, place in company.organizations.items()
            if place.pk == self.organization.unit_id
        )
        self._pk: int | None = None

    @property
    def project(self) -> Project:
        """The project as it stands now."""
        return Project.objects.get(pk=self._pk or 0)

    @property
    def reviewer(self) -> Any:
        """The reviewer of the unit."""
        return self.company.reviewers[self.unit_key]

    @property
    def officer(self) -> Any:
        """The department officer who looks after this project."""
        return self.company.department[self.number % len(self.company.department)]

    def deadline(self, month_day: str) -> date:
        """Return a day of the programme year."""
        return date.fromisoformat(f"{self.cycle.year}-{month_day}")

    def start(self) -> None:
        """Start the application and write what the content has of it."""
        self._pk = self._begin().pk
        self.write()

    def _begin(self) -> Project:
        """Begin it empty, from the own project that it continues, or from the case that it learns from."""
        origin, place = self.origin, self.organization
        who: dict[str, Any] = {"cycle": self.cycle, "organization": place, "by": self.applicant}
        if origin is None:
            return create_draft(self.cycle, place, by=self.applicant)
        if origin.organization_id == place.pk:
            return begin_from(origin, SourceKind.CONTINUE, **who)
        return adopt_case(CaseStudy.objects.get(project=origin), **who)

    def write(self) -> None:
        """Fill in the form; an unfinished draft leaves parts empty."""
        text, by = self.text, self.applicant
        finished = bool(text.plan)
        secretary = self.organization.secretary_name
        save_application(
            self.project,
            by=by,
            title=text.title,
            sector=text.sector,
            topic=self.cycle.topics.filter(code=text.topic, sector=text.sector).first(),
            problem=text.problem,
            distinctiveness=text.distinctiveness,
            highlights=text.highlights,
            overview=text.overview,
            contact_name=secretary if finished else "",
            contact_phone=PHONE.format(number=self.number) if finished else "",
            answers=answers_of(text),
        )
        if text.plan:
            save_plan(self.project, [self._row(step) for step in text.plan], by=by)
        if text.partners:
            partners = [self.company.organizations[key] for key in text.partners]
            save_partners(self.project, partners, by=by)
            for key, partner in zip(text.partners, partners, strict=True):
                answering = self.company.applicants[key]
                answer_as_partner(self.project, partner, by=answering, agrees=True)

    def _row(self, step: Any) -> Mapping[str, Any]:
        return {
            "task": step.task,
            "goal": step.goal,
            "deadline": self.deadline(step.deadline),
            "person": step.name,
            "post": step.post,
        }

    def enclose(self) -> None:
        """Attach the plan as a document, and a photograph."""
        attach(self.project, plan_paper(self.text, self.organization.name), by=self.applicant)
        attach(self.project, photograph(self.number, self.text.sector), by=self.applicant)

    def submit(self) -> None:
        """Hand it in."""
        submit_application(self.project, by=self.applicant)

    def send_back(self, returned: ReturnedOnce) -> None:
        """Return it for changes, with remarks beside the parts they concern."""
        by = self.officer if returned.by == "department" else self.reviewer
        reason = f"请按{len(returned.remarks)}条意见修改后重新提交。"
        move(
            self.project,
            "send_back",
            by=by,
            reason=reason,
            data={"remarks": dict(returned.remarks)},
        )

    def mend(self, returned: ReturnedOnce) -> None:
        """Mend a returned application and hand it in again."""
        mended = f"{self.text.overview}\n修改说明：{returned.mended}"
        save_application(self.project, by=self.applicant, overview=mended)
        self.submit()

    def pass_first(self) -> None:
        """Pass the first review."""
        views = REVIEWS.first_review_opinions
        move(self.project, "pass_first", by=self.reviewer, reason=views[self.number % len(views)])

    def not_recommend(self, grounds: tuple[str, ...], reason: str) -> None:
        """Do not recommend it at the first review, on named grounds."""
        data = {"grounds": list(grounds)}
        move(self.project, "not_recommend", by=self.reviewer, reason=reason, data=data)

    def decline(self, by: Any, grounds: tuple[str, ...], reason: str) -> None:
        """Decline it on named grounds."""
        move(self.project, "decline", by=by, reason=reason, data={"grounds": list(grounds)})

    def withdraw(self, reason: str) -> None:
        """Take it back."""
        move(self.project, "withdraw", by=self.applicant, reason=reason)

    def assess(self, methods: tuple[str, ...], *, good: bool = True) -> None:
        """Pre-assess it by these methods."""
        findings = REVIEWS.findings if good else REVIEWS.findings_against
        for method in methods:
            found = findings[method]
            visit = method == Method.VISIT
            by = self.company.task_force[0] if visit else self.officer
            team = (
                f"{by.first_name}等3人"
                if visit
                else f"{by.first_name}、{self.organization.secretary_name}"
            )
            record_assessment(
                self.project,
                method,
                by=by,
                participants=team,
                findings=found[self.number % len(found)],
                held_on=timezone.localdate(),
            )

    def rate(self, share: float) -> None:
        """Rate it: this share of each criterion's points, a little different from one to the next."""
        points = {
            criterion.pk: Decimal(
                round(criterion.points * (share - (self.number + place) % 4 * 0.01))
            )
            for place, criterion in enumerate(self.cycle.criteria.all())
        }
        rate(self.project, points, by=self.officer)

    def appoint(self) -> None:
        """Name the four ones."""
        leader = leader_of(self.text, self.number).person
        liaison = PEOPLE.liaison_officers[self.number % len(PEOPLE.liaison_officers)]
        spare = PEOPLE.spare_work_teams
        team = PEOPLE.work_teams.get(self.text.key, spare[self.number % len(spare)])
        lead = self.organization
        appoint_four_ones(
            self.project,
            {
                "leader": (leader.name, leader.post, self.company.leaders.get(leader.name)),
                "secretary": (lead.secretary_name, lead.secretary_post),
                "liaison": (liaison.name, liaison.post),
                "team": (team, "支部党员与业务骨干"),
            },
            by=self.officer,
        )

    def promise(self) -> None:
        """Take the commitments from the plan, and hand them in."""
        rows = [
            {
                "goal": step.goal or step.task,
                "short_name": step.short,
                "deadline": self.deadline(step.deadline),
                "person": step.name,
                "post": step.post,
                "steps": [{"title": step.task, "deadline": self.deadline(step.deadline)}],
            }
            for step in self.text.plan
        ]
        save_commitments(self.project, rows, by=self.applicant)
        move(self.project, "submit_commitments", by=self.applicant)
