"""What may be done in the CMS with a page of the column, and with one that shows a record."""

from django.db.models import Q
from django.utils.functional import cached_property
from wagtail.models import Page, PagePermissionTester

from partybuilding.core.pages.revisions import wrote_last
from partybuilding.core.types import AnyUser


def is_for_others(page: Page, user: AnyUser) -> bool:
    """Tell whether a user changed a page last, so that somebody else has to let it go out."""
    asks = getattr(page.specific_class, "needs_four_eyes", None)
    return wrote_last(page, user) and (asks is None or asks())


class ColumnPermissionTester(PagePermissionTester):
    """What may be done with a page of the column: four eyes see what residents read."""

    @cached_property
    def is_for_others(self) -> bool:
        """Whether somebody else has to let it go out."""
        return is_for_others(self.page, self.user)

    def can_publish(self) -> bool:
        """Ask Wagtail, then whether somebody else wrote what would go out."""
        return super().can_publish() and not self.is_for_others

    def can_unschedule(self) -> bool:
        """Leave it to Wagtail: taking back needs no second pair of eyes."""
        return super().can_publish()

    def can_set_view_restrictions(self) -> bool:
        """Refuse for what residents have read: it is public, or offline with its reason."""
        return super().can_publish() and not has_been_public(self.page)

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Refuse for what residents have read, and for whatever holds such a page."""
        return super().can_delete(ignore_bulk) and not has_been_public(self.page)

    def can_unpublish(self) -> bool:
        """Ask Wagtail; a part of the site stays while pages below it are read."""
        page = self.page
        holds_live = not page.is_leaf() and page.get_descendants().live().exists()
        return super().can_unpublish() and not holds_live

    def can_publish_subpage(self) -> bool:
        """Let nobody but system administrators make and publish a page in one go."""
        return super().can_publish_subpage() and self.user.is_superuser

    def can_copy(self) -> bool:
        """Refuse copies and aliases to everybody of what stands for one thing."""
        return not self.page.is_singular and super().can_copy()

    def can_copy_to(self, destination: Page, recursive: bool = False) -> bool:
        """Refuse copies and aliases to everybody of what stands for one thing."""
        return not self.page.is_singular and super().can_copy_to(destination, recursive)

    def can_move(self) -> bool:
        """Refuse for what stands for one thing: its address is its year and number, for ever."""
        return not self.page.is_singular and super().can_move()

    def can_move_to(self, destination: Page) -> bool:
        """Refuse for it everywhere but where it stands: that is putting it in order."""
        stays = self.page.is_child_of(destination)
        return (stays or not self.page.is_singular) and super().can_move_to(destination)


class RecordPagePermissionTester(ColumnPermissionTester):
    """Narrow what Wagtail allows to what the record allows."""

    @cached_property
    def may_go_live(self) -> bool:
        """Whether the record allows it, asked once for a page and its buttons."""
        return self.page.specific.may_go_live()

    def can_publish(self) -> bool:
        """Ask Wagtail, then the record."""
        return super().can_publish() and self.may_go_live


def has_been_public(page: Page) -> bool:
    """Tell whether residents could ever read a page, or one below it."""
    if page.live or page.first_published_at is not None:
        return True
    read = Q(live=True) | Q(first_published_at__isnull=False)
    return not page.is_leaf() and page.get_descendants().filter(read).exists()
