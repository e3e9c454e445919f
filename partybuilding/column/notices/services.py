"""Write notices from the records: an approved list with its entries as they are now."""

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from partybuilding.column.notices.editing import proposed
from partybuilding.column.notices.index import NoticeIndexPage
from partybuilding.column.notices.models import NoticeEntry
from partybuilding.column.notices.office import office
from partybuilding.column.notices.pages import NoticePage
from partybuilding.column.notices.period import Period, proposed_period
from partybuilding.column.notices.permissions import user_can_start_notice
from partybuilding.column.notices.selectors import (
    awaiting_notice,
    unpublished_lists,
    with_names,
)
from partybuilding.column.notices.states import NoticeKind
from partybuilding.core.machine.attempts import NoticeDraft
from partybuilding.core.machine.refusals import ConditionUnmet, Frozen, NotYours
from partybuilding.core.pages import slug_of_correction
from partybuilding.core.pages.articles import paragraphs
from partybuilding.core.services import post_notices
from partybuilding.core.states import Role
from partybuilding.core.types import AnyUser
from partybuilding.cycles.models import Cycle
from partybuilding.organizations.selectors import people_with
from partybuilding.projects.models import DecisionSession, Project


def start_notice(
    cycle: Cycle,
    *,
    by: AnyUser,
    session: DecisionSession | None = None,
    period: Period | None = None,
) -> NoticePage:
    """Make the draft notice of the approved projects that no notice has named yet.

    Returns the draft that exists when everything is named in one already.

    Args:
        session: only what this closed decision session approved.
        period: otherwise the next working days, as many as the settings say.

    Raises:
        NotYours: notices are begun by the department, editors and publishers.
        ConditionUnmet: nothing awaits a notice, the session is open, or the column has no index.
    """
    if not user_can_start_notice(by):
        raise NotYours([_("Notices are begun by the Organization Department or by editors.")])
    if session is not None and (session.is_open or session.cycle_id != cycle.pk):
        raise ConditionUnmet(
            [_("Close the decision session first: its decisions are notes until then.")]
        )
    with transaction.atomic():
        Cycle._base_manager.select_for_update(of=("self",)).get(pk=cycle.pk)
        projects = list(with_names(awaiting_notice(cycle, session)))
        if not projects:
            begun = _begun(cycle, session)
            if begun is not None:
                return begun
            raise ConditionUnmet([_("Every approved project has been named in a notice already.")])
        page = _draft(cycle, session, len(projects), period, by)
        _place(page, cycle, by)
        NoticeEntry.objects.bulk_create(_entries(page, projects))
        _tell_editors(page, by)
    return page


def start_correction(notice: NoticePage, *, by: AnyUser) -> NoticePage:
    """Make the draft of a notice that puts a published one right; returns the draft that exists already.

    Raises:
        NotYours: notices are begun by the department, editors and publishers.
        ConditionUnmet: it was never published; its own text can still be changed.
    """
    if not user_can_start_notice(by):
        raise NotYours([_("Notices are begun by the Organization Department or by editors.")])
    with transaction.atomic():
        locked = NoticePage._base_manager.select_for_update(of=("self",)).get(pk=notice.pk)
        if locked.first_published_at is None:
            raise ConditionUnmet([_("Only what was published is corrected by another document.")])
        begun = locked.later.filter(first_published_at=None).first()
        if begun is not None:
            return begun
        assert by.is_authenticated
        page = NoticePage(
            title=_("Correction: %(title)s") % {"title": locked.title},
            slug=slug_of_correction(locked),
            cycle=locked.cycle,
            corrects=locked,
            body=[{"type": "text", "value": paragraphs(_opening_of_correction(locked))}],
            live=False,
            has_unpublished_changes=True,
            owner=by,
            issuer=locked.issuer,
        )
        index = NoticeIndexPage.objects.select_for_update(of=("self",)).get(
            path=locked.path[: -NoticePage.steplen]
        )
        index.add_child(instance=page)
        page.save_revision(user=by, log_action=True)
    return page


def _opening_of_correction(notice: NoticePage) -> str:
    facts = {"title": notice.title, "number": notice.number}
    return _("In the notice “%(title)s” %(number)s the following is corrected:") % facts


def redraw_entries(notice: NoticePage, *, by: AnyUser) -> NoticePage:
    """Draw the list of a notice again from what is approved now; only before its first publication.

    Raises:
        NotYours: notices are begun by the department, editors and publishers.
        Frozen: the notice was published, or is no approved list.
        ConditionUnmet: nothing is left to name.
    """
    if not user_can_start_notice(by):
        raise NotYours([_("Notices are begun by the Organization Department or by editors.")])
    with transaction.atomic():
        notice.take_turn()
        locked = NoticePage._base_manager.get(pk=notice.pk)
        if locked.first_published_at or locked.kind != NoticeKind.APPROVED_LIST:
            raise Frozen([_("A published list stays as it was.")])
        Cycle._base_manager.select_for_update(of=("self",)).get(pk=locked.cycle_id)
        locked.entries.all().delete()
        projects = list(with_names(awaiting_notice(locked.cycle, locked.session)))
        if not projects:
            raise ConditionUnmet([_("Every approved project has been named in a notice already.")])
        NoticeEntry.objects.bulk_create(_entries(locked, projects))
    return locked


def _begun(cycle: Cycle, session: DecisionSession | None) -> NoticePage | None:
    drafts = unpublished_lists().filter(cycle=cycle)
    return (drafts.filter(session=session) if session else drafts).first()


def _draft(
    cycle: Cycle, session: DecisionSession | None, count: int, period: Period | None, by: AnyUser
) -> NoticePage:
    """Fill a draft with the usual words; the editor checks every sentence."""
    said = period or proposed_period(timezone.localdate(), office().working_days)
    facts = {"cycle": cycle.name, "year": cycle.year, "count": count}
    assert by.is_authenticated
    return NoticePage(
        title=_("Notice of the approved list of %(cycle)s for public comment") % facts,
        slug=_free_slug(f"{cycle.year}-approved-list"),
        kind=NoticeKind.APPROVED_LIST,
        cycle=cycle,
        session=session,
        opens_on=said.opens_on,
        closes_on=said.closes_on,
        body=[{"type": "text", "value": paragraphs(_opening(facts))}],
        live=False,
        has_unpublished_changes=True,
        owner=by,
        **proposed(),
    )


def _opening(facts: dict[str, Any]) -> str:
    return (
        _(
            "After application by the organizations, first review by the reporting units and "
            "assessment by the Organization Department, %(count)s projects of %(cycle)s are "
            "approved. The list is published for the public to supervise."
        )
        % facts
        + "\n"
        + _("During the period, whoever objects to a listed project may say so in the form below.")
    )


def _place(page: NoticePage, cycle: Cycle, by: AnyUser) -> None:
    index = NoticeIndexPage.objects.select_for_update(of=("self",)).first()
    if index is None:
        raise ConditionUnmet([_("Make the index of public notices below the front page first.")])
    index.add_child(instance=page)
    page.save_revision(user=by, log_action=True)


def _free_slug(wanted: str) -> str:
    taken = set(
        NoticePage._base_manager.filter(slug__startswith=wanted).values_list("slug", flat=True)
    )
    free = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return wanted if wanted not in taken else next(slug for slug in free if slug not in taken)


def _entries(page: NoticePage, projects: list[Project]) -> list[NoticeEntry]:
    return [
        NoticeEntry(
            notice=page,
            project=project,
            order=order,
            code=project.code or "",
            title=project.title,
            organizations="、".join(_organizations(project)),
            unit=str(project.organization.unit or ""),
        )
        for order, project in enumerate(projects, start=1)
    ]


def _organizations(project: Project) -> list[str]:
    partners = (partner.organization.name for partner in project.partners.all())
    return [project.organization.name, *partners]


def _tell_editors(page: NoticePage, by: AnyUser) -> None:
    """Tell the editors of a draft that somebody else began."""
    editors = [person for person in people_with(Role.EDITOR) if person.pk != by.pk]
    draft = NoticeDraft(
        editors,
        _("Notice to complete: %(title)s") % {"title": page.title},
        _("The list is drawn. Please check the words, then submit it for review."),
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
    )
    post_notices([draft], key=f"public-notice:{page.pk}")
