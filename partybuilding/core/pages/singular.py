"""Pages that stand for one thing: they exist once, in their one place, and are not copied."""

from typing import Any, NoReturn

from django.utils.translation import gettext as _
from wagtail.models import Page, PagePermissionTester

from partybuilding.core.pages.column import ColumnPage, ColumnPermissionTester
from partybuilding.core.pages.gate import PublicationRefused


class SingularPermissionTester(ColumnPermissionTester):
    """What may be done with a page that exists once, in its one place."""

    def can_copy(self) -> bool:
        """Refuse copies and aliases to everybody."""
        return False

    def can_copy_to(self, destination: Page, recursive: bool = False) -> bool:
        """Refuse copies and aliases to everybody."""
        return False

    def can_move(self) -> bool:
        """Refuse: its address is its year and number, for ever."""
        return False

    def can_move_to(self, destination: Page) -> bool:
        """Refuse everywhere but where it stands: that is putting it in order."""
        return self.page.is_child_of(destination) and super().can_move_to(destination)


class SingularPage(ColumnPage):
    """A page that stands for one thing and can neither be copied nor made an alias of."""

    class Meta:
        abstract = True

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        """Return the narrowed tester."""
        return SingularPermissionTester(user, self)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the page, unless it would be one more than there may be.

        Raises:
            PublicationRefused: it is a copy.
        """
        one_more = self._state.adding and self.max_count is not None
        if one_more and type(self)._base_manager.count() >= self.max_count:
            raise PublicationRefused([_("This page stands for one thing and cannot be copied.")])
        super().save(*args, **kwargs)

    def copy(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse.

        Raises:
            PublicationRefused: always, with the reason.
        """
        raise PublicationRefused([_("This page stands for one thing and cannot be copied.")])

    def create_alias(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse.

        Raises:
            PublicationRefused: always, with the reason.
        """
        raise PublicationRefused([_("This page stands for one thing and cannot be copied.")])
