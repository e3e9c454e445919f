"""What must hold before a project may take a step, or a step may be taken back: pure questions."""

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partybuilding.core.machine.attempts import Attempt
from partybuilding.core.machine.wording import day_words
from partybuilding.core.rules import YES, Verdict, fit_for_all, refuse, together, verdict
from partybuilding.core.selectors import last_entry, last_move, trail_of
from partybuilding.core.text.validators import TOLD, has_words
from partybuilding.cycles.rules import window_is_open
from partybuilding.projects.open_things import open_things
from partybuilding.projects.preparation.rules import DECIDING
from partybuilding.projects.states import GROUNDS, Consent, ProjectState, SourceKind

if TYPE_CHECKING:
    from partybuilding.core.models import TransitionRecord
    from partybuilding.cycles.models import Cycle
    from partybuilding.organizations.models import Organization
    from partybuilding.projects.models import Commitment, Project

#: The unit's opinions, each of which it can take back until the department has acted.
FIRST_REVIEWS = frozenset({"pass_first", "not_recommend"})
#: What the department notes while it prepares its decision.
PREPARING = frozenset({"assess", "rate", "appoint", "link", "assign"})


_BEGUN = _("The Organization Department has begun with it; ask it to return the application.")


def review_not_opened(project: "Project") -> Verdict:
    """Ask whether who reviews first, unit or department, has not yet opened it as it was handed in."""
    if project.review_opened_at is None:
        return YES
    if not project.cycle.first_review:
        return refuse(_BEGUN)
    return refuse(_("The reporting unit has begun its review; ask it to return the application."))


def not_taken_up(project: "Project") -> Verdict:
    """Ask whether the department has done nothing with what came to it without a first review."""
    untouched = project.cycle.first_review or _is_untouched(project, last_entry(project, "submit"))
    return YES if untouched else refuse(_BEGUN)


def can_be_handed_in_again(project: "Project") -> Verdict:
    """Ask whether it could be handed in again: the window is open, or it was let back in by reopening."""
    came = last_move(project, project.state)
    return (
        YES
        if came and came.step == "reopen"
        else window_is_open(project.cycle, timezone.localdate())
    )


def department_idle(project: "Project") -> Verdict:
    """Ask whether the department has done nothing with it since the unit's opinion."""
    came = last_move(project, project.state)
    waits = came is not None and came.step in FIRST_REVIEWS
    if waits and _is_untouched(project, came):
        return YES
    return refuse(_("The Organization Department has taken it up; the first review stands."))


def _is_untouched(project: "Project", since: "TransitionRecord | None") -> bool:
    """Tell whether, since a row of the trail, nothing was prepared or decided and no session had it."""
    if since is None:
        return False
    acts = trail_of(project).filter(sequence__gt=since.sequence, step__in=PREPARING | DECIDING)
    sittings = project.session_items.filter(
        Q(session__closed_at=None) | Q(session__opened_at__gte=since.at)
    )
    return not (acts.exists() or sittings.exists())


def nothing_public(project: "Project") -> Verdict:
    """Ask whether residents have never read of the approval: no page and no notice that names it."""
    page = getattr(project, "page", None)
    shown = page is not None and (page.live or page.first_published_at is not None)
    named = project.notice_entries.filter(notice__first_published_at__isnull=False)
    if not shown and project.commitments_published_at is None and not named.exists():
        return YES
    return refuse(
        _("The project is public already; it can only be terminated, with a public reason.")
    )


#: What a partner's consent still lacks.
CONSENT_LACKS: dict[str, Any] = {
    Consent.ASKED: _("%(name)s has not agreed to take part yet."),
    Consent.REFUSED: _("%(name)s does not take part; take it off the list or ask again."),
}


def in_time(project: "Project") -> Verdict:
    """Ask whether it may be handed in today: the year's window, or the returned one's own deadline."""
    today = timezone.localdate()
    if project.state == ProjectState.RETURNED:
        late = project.due_on is not None and today > project.due_on
        return (
            refuse(
                _(
                    "The deadline for mending the returned application has passed; ask the reviewer to extend it."
                )
            )
            if late
            else YES
        )
    # What had been handed in before and was let back in has a last day of its own.
    last = project.due_on if project.code is not None else None
    if last is not None and last > project.cycle.applications_close:
        return YES if today <= last else refuse(_("The deadline for handing it in has passed."))
    return window_is_open(project.cycle, today)


def inside_year(day: Any, cycle: "Cycle") -> bool:
    """Tell whether a day lies between the opening of applications and the end of the year."""
    return bool(day) and cycle.applications_open <= day <= cycle.ends_on


def may_begin_from(
    origin: "Project", kind: str, cycle: "Cycle", organization: "Organization"
) -> Verdict:
    """Ask whether an organisation's application of a year may be begun from a project."""
    is_own = origin.organization_id == organization.pk
    if kind == SourceKind.ADOPT:
        own = _("This case tells of your own project; continue the project instead.")
        return refuse(own) if is_own else YES
    if not is_own:
        return refuse(_("Only what your own organization led can be continued or copied."))
    if origin.cycle.year >= cycle.year:
        return refuse(_("Only what is of an earlier year can be continued or copied."))
    runs = origin.has_promised and origin.state != ProjectState.TERMINATED
    if kind == SourceKind.CONTINUE and not runs:
        return refuse(_("Only a project that was carried out can be continued; copy it instead."))
    return YES


def form_complete(project: "Project") -> Verdict:
    """Ask whether every part of the application is filled in."""
    return verdict(
        sentence for part in project.sheet.missing(project).values() for sentence in part
    )


def organization_ready(project: "Project") -> Verdict:
    """Ask whether the leading organisation can be held to it: a unit above it and a secretary."""
    lead = project.organization
    return verdict(
        sentence
        for lacking, sentence in (
            (
                lead.unit_id is None and project.cycle.first_review,
                _(
                    "The leading organization has no reporting unit; ask the department to enter it."
                ),
            ),
            (
                not lead.secretary_name.strip(),
                _(
                    "The leading organization has no secretary; ask the department to enter the name."
                ),
            ),
            (
                project.cycle.first_review
                and lead.unit_id in {partner.organization_id for partner in project.partners.all()},
                _("The reporting unit that reviews first cannot be a partner."),
            ),
        )
        if lacking
    )


def partners_agreed(project: "Project") -> Verdict:
    """Ask whether every organisation that is named as a partner agreed to take part."""
    return verdict(
        CONSENT_LACKS[partner.consent] % {"name": partner.organization.name}
        for partner in project.partners.all()
        if partner.consent in CONSENT_LACKS
    )


def asks_opinion(project: "Project", attempt: Attempt) -> Verdict:
    """Require the reviewer's opinion."""
    return YES if attempt.reason else refuse(_("Give your opinion."))


def asks_ground(project: "Project", attempt: Attempt) -> Verdict:
    """Require at least one known ground, and words when the ground is "other"."""
    grounds = attempt.data.get("grounds") or []
    if not grounds or not GROUNDS.may_choose(grounds, project.cycle_id):
        return refuse(_("Choose at least one ground."))
    if GROUNDS.asks_text(grounds, project.cycle_id) and not attempt.reason:
        return refuse(_("Explain the other ground in words."))
    return YES


def commitments_complete(project: "Project") -> Verdict:
    """Ask whether each commitment has goal, steps, a deadline inside the year and a person with post."""
    commitments = list(project.commitments.all())
    if not commitments:
        return refuse(_("Add at least one commitment."))
    return verdict(
        _(
            "Commitment %(number)s needs goal, steps, a deadline inside the year, and a responsible person with post."
        )
        % {"number": number}
        for number, commitment in enumerate(commitments, start=1)
        if not (commitment.is_complete and _ends_in_time(commitment, project.cycle))
    )


def _ends_in_time(commitment: "Commitment", cycle: "Cycle") -> bool:
    """Tell whether a commitment ends inside the year, and none of its steps outside or after it."""
    last = commitment.deadline
    if last is None or not inside_year(last, cycle):
        return False
    days = [step.deadline for step in commitment.steps.all() if step.deadline]
    return all(inside_year(day, cycle) and day <= last for day in days)


def accounted_for(commitment: "Commitment", number: int) -> Verdict:
    """Ask whether a commitment is closed with evidence, or explained in words fit for all."""
    if not commitment.is_accounted_for:
        words = _("Commitment %(number)s is not finished: report its steps, or explain why.")
        return refuse(words % {"number": number})
    return fit_for_all([commitment.explanation])


def summed_up(project: "Project") -> Verdict:
    """Ask whether the results are summed up with figures, in words fit for all."""
    summary = project.results_summary
    if not (has_words(summary, TOLD) and any(sign.isdigit() for sign in summary)):
        return refuse(_("Write a summary of the results with figures."))
    return fit_for_all([summary])


def implementation_begun(project: "Project") -> Verdict:
    """Ask whether the implementation of the year has begun, so that there can be results."""
    begins = project.cycle.starts_on
    if timezone.localdate() >= begins:
        return YES
    words = _("The implementation of the year begins on %(day)s; there are no results before.")
    return refuse(words % {"day": day_words(begins)})


def no_finding_overdue(project: "Project") -> Verdict:
    """Ask whether nothing is open that has to be settled before the results are handed in."""
    return verdict(open_things(project, "open_before_results"))


def results_complete(project: "Project") -> Verdict:
    """Ask whether each commitment is closed or explained, the summary has figures, and all asked is answered."""
    numbered = enumerate(project.commitments.all(), start=1)
    asked = (gap for gaps in project.results.missing(project).values() for gap in gaps)
    return together(
        [
            *(accounted_for(item, number) for number, item in numbered),
            summed_up(project),
            verdict(asked),
        ]
    )


def may_be_graded(project: "Project") -> Verdict:
    """Ask whether nothing keeps it from being graded, e.g. that its year is graded by a run."""
    return verdict(open_things(project, "before_grading"))


def asks_grade(project: "Project", attempt: Attempt) -> Verdict:
    """Require a grade class of the year's rules, with a free place or a reason; a run may leave it out."""
    code = attempt.data.get("grade")
    if code == "" and attempt.data.get("run"):
        return YES
    grades = {grade.code: grade for grade in project.cycle.grades.all()}
    if code not in grades:
        return refuse(_("Choose a grade."))
    if project.places_left(grades[code]) < 1 and not attempt.reason:
        return refuse(_("The quota of this grade is used up; give the reason for exceeding it."))
    return YES


def results_announced(project: "Project") -> Verdict:
    """Ask whether the year's grades are public."""
    announced = project.cycle.state in {"announced", "closed"}
    return YES if announced else refuse(_("The results of the year are not announced yet."))


def nothing_open(project: "Project") -> Verdict:
    """Ask whether everything that hangs on the project is settled, e.g. its rectifications verified."""
    return verdict(open_things(project))


def can_be_closed(project: "Project") -> Verdict:
    """Ask whether the case file can be closed: grades public, nothing open."""
    return together((results_announced(project), nothing_open(project)))


def not_announced(project: "Project") -> Verdict:
    """Ask that a graded project is reopened before the announcement only."""
    if project.state == ProjectState.GRADED and results_announced(project):
        return refuse(_("The grades are announced; a graded project can no longer be reopened."))
    return YES
