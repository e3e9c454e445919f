"""The personal-data gate: nothing that names a person's numbers or place is handed in or published.

public.md, "Rules of the public record": no ID-card numbers, mobile numbers, bank cards in text, no GPS
in pictures. The place is said exactly, so that an editor finds it at once.
"""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm

from partybuilding.core.files.photographs import holds_location
from partybuilding.core.machine.refusals import Overtaken, Refusal
from partybuilding.core.text.personal_data import findings
from partybuilding.core.text.personal_data.files import document_findings


class PublicationRefused(Refusal):
    """The page may not be live: its record, its words or its pictures forbid it."""


def faults_of(page: Any) -> list[str]:
    """Return a sentence for every number of a person and every picture with a place in a page.

    The documents that it leads to are read, too.
    """
    faults = [
        _("%(place)s contains a %(kind)s: %(excerpt)s")
        % {"place": place, "kind": found.kind.label, "excerpt": found.excerpt}
        for place, text in page.personal_texts()
        for found in findings(text)
    ]
    faults += [
        _("%(place)s: the document “%(title)s” contains a %(kind)s: %(excerpt)s")
        % {"place": place, "title": document.title, "kind": kind, "excerpt": excerpt}
        for place, document in page.personal_documents()
        for kind, excerpt in document_findings(document)
    ]
    return faults + [
        _("%(place)s: the picture “%(title)s” tells where it was taken. Upload it again.")
        % {"place": place, "title": image.title}
        for place, image in page.personal_pictures()
        if tells_place(image)
    ]


def tells_place(image: Any) -> bool:
    """Tell whether the stored file of a picture holds the place where it was taken."""
    try:
        with image.file.open() as file:
            return holds_location(file)
    except FileNotFoundError:
        return False


#: The buttons after which the text is read by others: hand in, hand in again, publish.
HANDING_IN = ("action-submit", "action-restart-workflow", "action-publish")
APPROVE = "approve"


#: Under this name the form learns who was faster (column/turns.py).
OVERTAKEN = "overtaken"


class ColumnPageForm(WagtailAdminPageForm):
    """The editor's form of a page of the column: a draft is free, what is handed in is held to the gate."""

    @property
    def is_handed_in(self) -> bool:
        """Whether the page is submitted, approved or published, not merely kept, returned or recalled."""
        approved = self.data.get("workflow-action-name") == APPROVE
        return approved or any(name in self.data for name in HANDING_IN)

    def _post_clean(self) -> None:
        """Hold the page as it would be saved to the gate, and the person to what others did meanwhile.

        Raises:
            Overtaken: somebody was faster, and nothing was typed that could be lost.
        """
        super()._post_clean()
        faster = self.data.get(OVERTAKEN)
        if faster and not self.has_changed():
            raise Overtaken([faster])
        if faster and not self.is_handed_in:
            self.add_error(None, faster)
        if self.is_handed_in:
            for sentence in faults_of(self.instance):
                self.add_error(None, sentence)
