"""What the portal does in one step that takes several of the rooms below."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partybuilding.core.machine.refusals import ConditionUnmet, Frozen, Overtaken
from partybuilding.core.models import Attachment, Notice
from partybuilding.core.services import all_or_nothing, detach, enter_file, move
from partybuilding.core.sheets.kinds.files import Enclosure
from partybuilding.core.types import AnyUser
from partybuilding.cycles.models import Cycle
from partybuilding.evaluation.models import ScoreSheet
from partybuilding.evaluation.services import save_sheet
from partybuilding.evaluation.states import SheetState
from partybuilding.organizations.models import Organization
from partybuilding.portal.selectors import application_files
from partybuilding.projects.models import Project
from partybuilding.projects.permissions import user_can_edit_application
from partybuilding.projects.services import create_draft
from partybuilding.projects.sheet import APPLICATION
from partybuilding.projects.states import ProjectState

#: The most files that one application holds.
MAX_FILES = 20


def start_application(cycle: Cycle, organization: Organization, *, by: AnyUser) -> Project:
    """Start an application; a second click leads to the empty draft that the first one made.

    Raises:
        NotYours, ConditionUnmet: as `create_draft`.
    """
    with transaction.atomic():
        Organization.objects.select_for_update(of=("self",)).get(pk=organization.pk)
        assert by.is_authenticated
        untouched = Project.objects.filter(
            cycle=cycle,
            organization=organization,
            created_by=by,
            state=ProjectState.DRAFT,
            title="",
            topic=None,
            plan_steps=None,
            source=None,
            answers={},
            **dict.fromkeys(APPLICATION.long_columns, ""),
        )
        return untouched.first() or create_draft(cycle, organization, by=by)


def add_file(project: Project, file: Any, *, by: AnyUser, question: str = "") -> Attachment:
    """Add a file to the application while it is with its applicant.

    Args:
        question: the key of the year's question that it answers.

    Raises:
        Frozen: the application is no longer with its applicant.
        ConditionUnmet: it holds as many files as it may, or is not asked for this one.
        UploadRefused: the file is not what it claims, too large or dangerous.
    """
    with all_or_nothing([file]) as (taken,):
        locked = _locked(project, by)
        if application_files(locked).count() >= MAX_FILES:
            raise ConditionUnmet(
                [_("An application holds at most %(number)s files.") % {"number": MAX_FILES}]
            )
        if question and not isinstance(locked.sheet.questions.get(question), Enclosure):
            raise ConditionUnmet([_("This application does not ask for such a file.")])
        taken.question = question
        return enter_file(locked, taken, by=by)


def remove_file(project: Project, attachment: Attachment, *, by: AnyUser) -> None:
    """Remove a file from the application while it is with its applicant.

    Raises:
        Frozen: the application is no longer with its applicant.
    """
    with transaction.atomic():
        _locked(project, by)
        detach(attachment, by=by)


def _locked(project: Project, by: AnyUser) -> Project:
    locked = Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
    if not user_can_edit_application(locked, by):
        raise Frozen(
            [
                _("It is “%(state)s” and can no longer be changed.")
                % {"state": locked.state_row.told}
            ]
        )
    return locked


def hand_in(sheet: ScoreSheet, revision: str, *, by: AnyUser) -> ScoreSheet:
    """Hand a sheet in exactly as the person read it on the page before.

    Args:
        revision: of the numbers that the page showed.

    Raises:
        Overtaken: something else is stored since; nothing was handed in.
        Refusal: as the door says.
    """
    with transaction.atomic():
        # Before the sheet, as the door does.
        Cycle.objects.select_for_update().get(pk=sheet.cycle_id)
        locked = ScoreSheet.objects.select_for_update(of=("self",)).get(pk=sheet.pk)
        if str(locked.revision) != revision:
            raise Overtaken([_("What is stored has changed meanwhile; please read it once more.")])
        return move(locked, "lock", by=by)


def save_places(sheets: Iterable[ScoreSheet], places: Mapping[int, str], *, by: AnyUser) -> None:
    """Give the projects that an organisation reviews their places all at once, so that they can be exchanged.

    Args:
        places: by the sheet's key, as chosen; sheets that are not open keep theirs.

    Raises:
        SheetRefused: a place is given twice, or there is none of that number; nothing was stored.
        Frozen, NotYours: as `save_sheet`.
    """
    with transaction.atomic():
        named = ScoreSheet.objects.select_for_update(of=("self",)).filter(
            pk__in=[sheet.pk for sheet in sheets if sheet.pk in places], state=SheetState.OPEN
        )
        changed = [sheet for sheet in named if places[sheet.pk] != str(sheet.place or "")]
        for sheet in changed:
            save_sheet(sheet, {}, by=by, note=sheet.note)
        for sheet in changed:
            save_sheet(sheet, {}, by=by, note=sheet.note, place=places[sheet.pk])


def mark_all_read(user: AnyUser) -> None:
    """Remember that a user has read every notice told so far."""
    Notice.objects.to(user).unread().update(read_at=timezone.now())
