"""How a text is drawn before there is any record: its placeholders read like their samples."""

from django.utils import timezone

from partybuilding.core.papers.data import chinese_date, single_line
from partybuilding.core.papers.letters import LetterOutline, letter_of
from partybuilding.core.texts import Wording
from partybuilding.organizations.models import IssuingBody

#: Stands for whoever a letter goes to.
ADDRESSEE = "（收文单位）"


def sample_letter(wording: Wording, body: str) -> LetterOutline:
    """Return a letter with the samples, as the department would issue it today."""
    today = timezone.localdate()
    issuer = IssuingBody.on(today)
    return letter_of(
        wording.fill(body, wording.samples),
        issuer=single_line(issuer.head_words),
        number="",
        addressees=(ADDRESSEE,),
        signature=(single_line(issuer.name), chinese_date(today)),
    )
