"""What the search adds to the CMS admin."""

from wagtail import hooks

from search.viewsets import SearchGroup, register_rights

register_rights()


@hooks.register("register_admin_viewset")
def site_search() -> SearchGroup:
    """Put the search into the menu of those who may teach it."""
    return SearchGroup()
