"""Keep the signed paper of a score sheet beside what was handed in."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from partybuilding.core.files.uploads import Kind
from partybuilding.core.machine.refusals import ConditionUnmet, NotYours
from partybuilding.core.models import Attachment, Purpose
from partybuilding.core.services.attachments import all_or_nothing, enter_file
from partybuilding.core.types import AnyUser
from partybuilding.evaluation.models import ScoreSheet
from partybuilding.evaluation.permissions import user_can_attach_scan
from partybuilding.evaluation.states import SheetState

#: What scanners and telephones make.
SCANS = frozenset({Kind.PDF, Kind.JPG, Kind.PNG})


def attach_scans(sheet: ScoreSheet, files: Iterable[Any], *, by: AnyUser) -> list[Attachment]:
    """Attach the scan of a signed sheet, one file or a picture of each page, to the sheet that was handed in.

    Raises:
        NotYours: neither the department nor whose sheet it is.
        ConditionUnmet: the sheet is not handed in.
        UploadRefused: a file is no sound PDF or picture; nothing was attached then.
    """
    _refuse(sheet, by)
    with all_or_nothing(files, SCANS) as taken:
        locked = ScoreSheet.objects.select_for_update(of=("self",)).get(pk=sheet.pk)
        _refuse(locked, by)
        return [enter_file(locked, one, by=by, purpose=Purpose.REVIEW) for one in taken]


def _refuse(sheet: ScoreSheet, by: AnyUser) -> None:
    if not user_can_attach_scan(sheet, by):
        raise NotYours([_("This sheet belongs to somebody else.")])
    if sheet.state != SheetState.LOCKED:
        raise ConditionUnmet([_("The scan belongs to a sheet that is handed in.")])
