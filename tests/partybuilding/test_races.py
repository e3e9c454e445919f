"""Races while projects are done, judged and spread."""

from collections.abc import Callable
from decimal import Decimal
from functools import partial

import pytest
from django.core import mail
from django.utils import timezone

from partybuilding.boards.services import remind
from partybuilding.brands.models import Brand
from partybuilding.brands.services import start_brand
from partybuilding.casebook.models import Edition
from partybuilding.casebook.services import publish_edition
from partybuilding.cases.models import CaseStudy
from partybuilding.cases.services import start_case
from partybuilding.core.models import Notice
from partybuilding.core.selectors import last_entry, trail_of
from partybuilding.core.services import deliver_mail, move
from partybuilding.core.services.outbox import post_mail
from partybuilding.core.states import Role
from partybuilding.evaluation.models import Run, ScoreSheet
from partybuilding.evaluation.services import compute, object_to, rate_daily, save_sheet
from partybuilding.opinions.models import Opinion
from partybuilding.opinions.services import receive
from partybuilding.organizations.models import ExpertGroup
from partybuilding.progress.models import CommitmentChange, StepQuestion, StepReport
from partybuilding.progress.services import answer_question, propose_change
from partybuilding.projects.yearform.correcting import confirm, supplement
from partybuilding.supervision.models import Visit
from partybuilding.supervision.services import record_visit
from tests.factories import Cast, make_project
from tests.factories.casebook import make_book, make_edition
from tests.factories.evaluation import Judged, bare_run, hold_draw, make_run, make_year, score
from tests.factories.opinions import make_opinion, nonce
from tests.factories.people import make_person
from tests.factories.programme import open_cycle
from tests.factories.progress import make_change, make_kept, make_question, report, step_of
from tests.factories.races import BOTH, TWO, Race, hold, state_of, steps
from tests.factories.spread import make_brand, make_case
from tests.factories.supervision import (
    checks_of,
    later_day,
    make_activity,
    make_rectification,
    rectification_inputs,
    visit_note,
)
from tests.factories.yearform import block, part_for

pytestmark = pytest.mark.django_db(transaction=True)
YES = {"reason": "情况属实。"}


def step_reported_twice(cast: Cast) -> Race:
    """The second click changes nothing."""
    step = step_of(make_kept(cast))
    tell = partial(report, step, cast)
    reports = StepReport.objects.filter(step=step)
    return Race(tell, tell, lambda: reports.count() == 1, TWO)


def question_answered_twice(cast: Cast) -> Race:
    question = make_question("open", cast)
    tell = partial(answer_question, question, by=cast["applicant"], words="记录已补充。")
    return Race(tell, tell, lambda: trail_of(question).filter(step="answer").count() == 1)


def question_settled_and_upheld(cast: Cast) -> Race:
    question = StepQuestion.objects.get(pk=make_question("answered", cast).pk)
    return steps(question, settle=(cast["unit"], YES), uphold=(cast["unit"], YES))


def change_proposed_twice(cast: Cast) -> Race:
    """A second proposal for the same part waits for the first."""
    project = make_kept(cast)
    propose = partial(
        propose_change,
        project.commitments.get(),
        "deadline",
        by=cast["applicant"],
        reason="场地因修缮停用两个月。",
        day=later_day(40),
    )
    return Race(propose, propose, lambda: project.changes.count() == 1)


def change_approved_and_withdrawn(cast: Cast) -> Race:
    change = CommitmentChange.objects.get(pk=make_change("proposed", cast, make_kept(cast)).pk)
    return steps(change, approve=(cast["department"], YES), withdraw=(cast["applicant"], {}))


def opinion_sent_twice(cast: Cast) -> Race:
    """Both clicks get the receipt of the one letter."""
    form = nonce()
    send = partial(receive, text="日间照料点中午关门，能不能安排人值班？", nonce=form)
    before = Opinion.objects.count()
    return Race(send, send, lambda: Opinion.objects.count() == before + 1, TWO)


def opinion_accepted_and_refused(cast: Cast) -> Race:
    opinion = make_opinion("received", cast, make_project("implementing", cast))
    no = {"reason": "与本栏项目无关。", "data": {"refusal": "not_about"}}
    return steps(opinion, accept=(cast["unit"], {}), refuse=(cast["unit"], no))


def visit_recorded_twice(cast: Cast) -> Race:
    project = make_project("implementing", cast)
    activity = make_activity(project)
    note = visit_note(checks=checks_of(project))
    record = partial(record_visit, activity, note, by=cast["taskforce"])
    return Race(record, record, lambda: Visit.objects.filter(activity=activity).count() == 1)


def rectification_verified_and_sent_back(cast: Cast) -> Race:
    found = make_rectification("reported", cast, make_project("implementing", cast))
    by = cast["taskforce"]
    back = rectification_inputs("send_back")
    return steps(found, verify=(by, rectification_inputs("verify")), send_back=(by, back))


def brand_begun_twice(cast: Cast) -> Race:
    project = make_project("approved", cast)
    begin = partial(start_brand, project, by=cast["editor"], name="红色驿站")
    return Race(begin, begin, lambda: Brand.objects.filter(projects=project).count() == 1, TWO)


def brand_recognised_and_declined(cast: Cast) -> Race:
    brand = Brand.objects.get(pk=make_brand("nominated", cast).pk)
    by = cast["department"]
    return steps(brand, recognise=(by, YES), decline=(by, YES))


def case_begun_twice(cast: Cast) -> Race:
    """The second click leads to what the first one made; so below."""
    project = make_project("graded", cast)
    begin = partial(start_case, project, by=cast["editor"])
    return Race(begin, begin, lambda: CaseStudy.objects.filter(project=project).count() == 1, TWO)


def case_selected_and_declined(cast: Cast) -> Race:
    case = CaseStudy.objects.get(pk=make_case("submitted", cast).pk)
    by = cast["department"]
    return steps(case, select=(by, YES), decline=(by, YES))


def run_frozen_while_a_sheet_is_reopened(cast: Cast) -> Race:
    """What is frozen rests on what stands there."""
    year, run = judged_to_the_end(cast)
    sheet = ScoreSheet.objects.filter(cycle=year.cycle, state="locked").first()
    return Race(
        partial(move, run, "fix", by=year.department),
        partial(move, sheet, "reopen", by=year.department, reason="填写有误。"),
        lambda: (state_of(run), state_of(sheet)) in (("frozen", "locked"), ("computed", "open")),
    )


def run_frozen_while_rated(cast: Cast) -> Race:
    year, run = judged_to_the_end(cast)
    return Race(
        partial(move, run, "fix", by=year.department),
        partial(rate_daily, year.projects[0], Decimal(60), by=year.task_force),
        lambda: state_of(run) in ("frozen", "computed"),
    )


def edition_published_twice(cast: Cast) -> Race:
    edition = make_edition(make_book(cast, cases=1), by=cast["editor"])
    act = partial(publish_edition, edition, by=cast["publisher"])
    return Race(act, act, lambda: Edition.objects.get(pk=edition.pk).published_at is not None)


def sheet_saved_while_it_is_handed_in(cast: Cast) -> Race:
    """What was handed in is what stands there."""
    year = make_year(projects=1, groups=1)
    hold_draw(year)
    sheet = score(ScoreSheet.objects.filter(judge__in=year.experts).first(), "80", lock=False)
    less = {one.code: str(one.points - 10) for one in sheet.criteria}

    def same() -> bool:
        now = ScoreSheet.objects.get(pk=sheet.pk)
        handed_in = last_entry(now, "lock")
        return handed_in is None or trail_of(now).last().pk == handed_in.pk

    return Race(
        partial(move, sheet, "lock", by=sheet.judge),
        partial(save_sheet, sheet, less, by=sheet.judge),
        same,
        BOTH,
    )


def sheet_begun_while_more_is_asked(cast: Cast) -> Race:
    """Either the sheet is begun on the longer form, or what was begun first keeps the question out."""
    year = make_year()
    hold_draw(year)
    sheet = ScoreSheet.objects.filter(judge__in=year.experts).first()
    part = part_for("expert", block("text", "补充意见"))
    waiting = supplement(year.cycle, [part], by=year.department, reason="上级要求。")
    second, begun_on = make_person(Role.DEPARTMENT), []

    def begin() -> None:
        begun_on.append(save_sheet(sheet, {}, by=sheet.judge).sheet_version_id)

    def holds() -> bool:
        now = ScoreSheet.objects.get(pk=sheet.pk)
        return now.revision == 1 and begun_on == [now.sheet_version_id]

    return Race(begin, partial(confirm, waiting, by=second), holds, BOTH)


def judged_to_the_end(cast: Cast) -> tuple[Judged, Run]:
    ExpertGroup.objects.filter(pk=cast["group"].pk).delete()  # too small for the year's draw
    return make_run()


def run_computed_twice(cast: Cast) -> Race:
    """Both are computed, one after the other, and one stands."""
    year, _run = judged_to_the_end(cast)
    act = partial(compute, year.cycle, by=year.department)
    standing = Run.objects.filter(cycle=year.cycle, state="computed").values_list(
        "number", flat=True
    )
    return Race(act, act, lambda: list(standing.all()) == [3], TWO)


def objected_twice(cast: Cast) -> Race:
    run = bare_run(open_cycle(is_judged=True), "noticed")
    Run.objects.filter(pk=run.pk).update(notice_ends_on=timezone.localdate())
    said = {"name": "王示例", "contact": "023-79220000", "text": "材料与现场情况不一致。"}
    act = partial(object_to, run, **said)
    return Race(act, act, lambda: run.objections.count() == 1, TWO)


def mail_delivered_twice(cast: Cast) -> Race:
    """Each letter leaves once, whichever of both runs takes it."""
    before = len(mail.outbox)
    addresses = [f"resident{number}@example.org" for number in range(6)]
    for address in addresses:
        post_mail(address, "进展", "有新进展。")
    return Race(
        deliver_mail,
        deliver_mail,
        lambda: sorted(letter.to[0] for letter in mail.outbox[before:]) == addresses,
        TWO,
    )


def reminded_twice(cast: Cast) -> Race:
    """Nobody hears the same thing twice."""
    make_kept(cast, 3)
    before = Notice.objects.count()

    def once() -> bool:
        told = Notice.objects.all()[: Notice.objects.count() - before]
        keys = [(notice.recipient_id, notice.subject, notice.body) for notice in told]
        return bool(keys) and len(keys) == len(set(keys))

    return Race(remind, remind, once, TWO)


RACES = (
    step_reported_twice,
    question_answered_twice,
    question_settled_and_upheld,
    change_proposed_twice,
    change_approved_and_withdrawn,
    opinion_sent_twice,
    opinion_accepted_and_refused,
    visit_recorded_twice,
    rectification_verified_and_sent_back,
    brand_begun_twice,
    brand_recognised_and_declined,
    case_begun_twice,
    case_selected_and_declined,
    edition_published_twice,
    sheet_saved_while_it_is_handed_in,
    sheet_begun_while_more_is_asked,
    run_computed_twice,
    run_frozen_while_a_sheet_is_reopened,
    run_frozen_while_rated,
    objected_twice,
    mail_delivered_twice,
    reminded_twice,
)


@pytest.mark.parametrize("made", RACES, ids=lambda made: made.__name__)
def test_of_two_at_once_as_many_succeed_as_may(made: Callable[[Cast], Race]) -> None:
    hold(made)
