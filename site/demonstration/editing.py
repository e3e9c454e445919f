"""How editors and publishers of the demonstration work: draw, write, hand in, approve."""

from typing import Any

from django.core.files.base import ContentFile
from wagtail.images import get_image_model
from wagtail.models import Page

from demonstration.people import Company
from demonstration.pictures import draw, words
from partybuilding.core.pages import pictures


class Desk:
    """One editor and one publisher who see a page through; the number decides who they are."""

    def __init__(self, company: Company, number: int) -> None:
        self.editor = company.editors[number % len(company.editors)]
        self.publisher = company.publishers[number % len(company.publishers)]

    def write(self, page: Any, **fields: Any) -> None:
        """Let the editor write into a draft; as in the CMS the row of an unpublished page follows."""
        for name, value in fields.items():
            setattr(page, name, value)
        if not page.live:
            page.save()
        page.save_revision(user=self.editor)

    def add(self, parent: Any, page: Any) -> None:
        """Let the editor add a draft below a page."""
        page.live, page.has_unpublished_changes, page.owner = False, True, self.editor
        Page.objects.get(pk=parent.pk).add_child(instance=page)
        page.save_revision(user=self.editor, log_action=True)

    def hand_in(self, page: Any) -> None:
        """Let the editor hand a page in for review."""
        page.get_workflow().start(page, self.editor)

    def release(self, page: Any) -> None:
        """Let the publisher approve it: it goes live; the cuts that a first visit needs are made."""
        fresh = type(page)._base_manager.get(pk=page.pk)
        fresh.current_workflow_task_state.approve(user=self.publisher)
        cut(getattr(fresh, "lead_image", None))

    def drawing(self, scene: str, seed: int, title: str) -> Any:
        """Draw a scene into the library of pictures."""
        return get_image_model().objects.create(
            title=title,
            file=ContentFile(draw(scene, seed), name=f"{scene}-{seed}.jpg"),
            description=words(scene),
            uploaded_by_user=self.editor,
        )

    def draw(self, scene: str, seed: int, title: str) -> int:
        """Draw a scene into the library, cut for running text, and return its key."""
        image = self.drawing(scene, seed, title)
        image.get_renditions(pictures.BODY, pictures.CARD)
        return image.pk

    def lead(self, scene: str, seed: int, title: str) -> dict[str, Any]:
        """Return the fields of a lead picture."""
        return {
            "lead_image": self.drawing(scene, seed, title),
            "lead_image_alt": words(scene),
        }


def cut(image: Any) -> None:
    """Make the cuts of lists and of the head of a page, so that no visitor waits for them."""
    if image is not None:
        image.get_renditions(pictures.CARD, pictures.LEAD)
