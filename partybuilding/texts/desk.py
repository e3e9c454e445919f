"""What of the texts waits on a desk."""

from django.urls import reverse
from django.utils.translation import gettext as _

from partybuilding.core.desk.lines import DeskLine
from partybuilding.core.desk.showing import part_of
from partybuilding.core.states import Tone
from partybuilding.core.types import AnyUser
from partybuilding.texts.permissions import user_can_edit_texts
from partybuilding.texts.selectors import BROKEN, standing_of_all


def text_lines(user: AnyUser) -> list[DeskLine]:
    """Tell those who word the texts which of them cannot be used as they are stored."""
    if not user_can_edit_texts(user):
        return []
    broken = sum(bool(one.faults) for one in standing_of_all())
    label = _("Texts not usable, delivered text in use")
    url = part_of(reverse("partybuilding:texts"), BROKEN)
    return [DeskLine(label, broken, url=url, tone=Tone.NEGATIVE)]
