"""Write bulletins: begin the one of a quarter from the rows, count its figures again while it is a draft."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partybuilding.core.machine.refusals import ConditionUnmet, Frozen, NotYours
from partybuilding.core.pages import slug_of_correction
from partybuilding.core.types import AnyUser
from partybuilding.cycles.models import Cycle
from partybuilding.organizations.models import IssuingBody
from partybuilding.supervision.bulletins.figures import figures_of
from partybuilding.supervision.bulletins.pages import BulletinPage
from partybuilding.supervision.bulletins.permissions import user_can_begin_bulletin
from partybuilding.supervision.calendar import Quarter
from partybuilding.supervision.index import SupervisionIndexPage
from partybuilding.supervision.models import Activity
from partybuilding.supervision.wording import quarter_name, quarter_words

#: So much of the good practice is told until somebody chooses otherwise.
TOLD = 5


def start_bulletin(cycle: Cycle, quarter: Quarter, *, by: AnyUser) -> BulletinPage:
    """Make the draft of a quarter's bulletin, filled from the rows; once only.

    Returns the bulletin that exists when there is one already.

    Raises:
        NotYours: bulletins are begun by the task force.
        ConditionUnmet: nothing was due in the quarter, or the column has no page of supervision.
    """
    if not user_can_begin_bulletin(by):
        raise NotYours([_("Bulletins are begun by the task force.")])
    with transaction.atomic():
        locked = Cycle._base_manager.select_for_update(of=("self",)).get(pk=cycle.pk)
        existing = BulletinPage.objects.filter(
            cycle=locked, corrects=None, **quarter.lookup()
        ).first()
        if existing is not None:
            return existing
        if not Activity.objects.filter(project__cycle=locked, **quarter.lookup()).exists():
            raise ConditionUnmet(
                [_("The calendar of supervision asks for nothing in this quarter.")]
            )
        index = SupervisionIndexPage.objects.select_for_update(of=("self",)).first()
        if index is None:
            raise ConditionUnmet([_("Make the page of supervision below the front page first.")])
        page = _draft(locked, quarter, by)
        index.add_child(instance=page)
        page.save_revision(user=by, log_action=True)
    return page


def _draft(cycle: Cycle, quarter: Quarter, by: AnyUser) -> BulletinPage:
    now = timezone.now()
    figures = figures_of(cycle, quarter, timezone.localdate(now))
    own = quarter.year == cycle.year
    names = {
        "cycle": cycle.name,
        "quarter": quarter_name(quarter.number) if own else quarter_words(quarter),
    }
    assert by.is_authenticated
    return BulletinPage(
        title=_("Bulletin on the supervision of %(cycle)s, %(quarter)s") % names,
        slug=_slug(cycle, quarter),
        cycle=cycle,
        **quarter.lookup(),
        figures=figures,
        computed_at=now,
        chosen=[row["visit"] for row in figures["practices"][:TOLD]],
        issuer=IssuingBody.on(timezone.localdate(now)).name,
        live=False,
        has_unpublished_changes=True,
        owner=by,
    )


def start_correction(page: BulletinPage, *, by: AnyUser) -> BulletinPage:
    """Make the draft of a bulletin that puts a published one right, counted anew; once while it is a draft.

    Raises:
        NotYours: bulletins are begun by the task force.
        ConditionUnmet: it was never published; its figures can still be counted again.
    """
    if not user_can_begin_bulletin(by):
        raise NotYours([_("Bulletins are begun by the task force.")])
    with transaction.atomic():
        locked = BulletinPage._base_manager.select_for_update(of=("self",)).get(pk=page.pk)
        if locked.first_published_at is None:
            raise ConditionUnmet([_("Only what was published is corrected by another document.")])
        begun = locked.later.filter(first_published_at=None).first()
        if begun is not None:
            return begun
        draft = _draft(locked.cycle, locked.period, by)
        draft.title = _("Correction: %(title)s") % {"title": locked.title}
        draft.slug, draft.corrects = slug_of_correction(locked), locked
        draft.issuer, draft.opening, draft.body = locked.issuer, locked.opening, locked.body
        SupervisionIndexPage.objects.select_for_update(of=("self",)).get(
            path=locked.path[: -BulletinPage.steplen]
        ).add_child(instance=draft)
        draft.save_revision(user=by, log_action=True)
    return draft


def _slug(cycle: Cycle, quarter: Quarter) -> str:
    """Return the last part of its address; one outside the year of its programme names that as well."""
    words = f"{quarter.year}-q{quarter.number}"
    return words if quarter.year == cycle.year else f"{words}-{cycle.year}"


def recount_bulletin(page: BulletinPage, *, by: AnyUser) -> BulletinPage:
    """Count the figures of a draft again, as a new revision; its words stay as they were written.

    Raises:
        NotYours: bulletins are kept by the task force.
        Frozen: it was published, or is with the publishers.
    """
    if not user_can_begin_bulletin(by):
        raise NotYours([_("Bulletins are begun by the task force.")])
    with transaction.atomic():
        page.take_turn()
        locked = BulletinPage._base_manager.get(pk=page.pk)
        if locked.first_published_at is not None:
            raise Frozen([_("A published bulletin keeps its figures.")])
        if locked.workflow_in_progress:
            raise Frozen([_("The bulletin is under review; call it back first.")])
        now = timezone.now()
        figures = figures_of(locked.cycle, locked.period, timezone.localdate(now))
        known = {row["visit"] for row in figures["practices"]}
        draft = locked.get_latest_revision_as_object()
        draft.figures, draft.computed_at = figures, now
        draft.chosen = [key for key in draft.chosen if key in known]
        draft.save_revision(user=by, log_action=True)
        # As in the CMS, the row of a page that was never published follows its newest draft.
        BulletinPage.objects.filter(pk=locked.pk).update(
            figures=figures, computed_at=now, chosen=draft.chosen
        )
    return BulletinPage.objects.get(pk=locked.pk)
