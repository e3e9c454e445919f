"""How deep the classes of public pages are: what a page is stands in few places."""

import pytest
from wagtail.models import Page, get_page_models

DEEPEST = 4
OURS = ("partybuilding.", "home.")


def own_classes(model: type[Page]) -> list[str]:
    """Return the classes of this site that make a page what it is, itself first."""
    return [cls.__name__ for cls in model.__mro__ if cls.__module__.startswith(OURS)]


@pytest.mark.parametrize("model", [m for m in get_page_models() if m.__module__.startswith(OURS)])
def test_a_page_is_made_of_few_classes(model: type[Page]) -> None:
    assert len(own_classes(model)) <= DEEPEST, own_classes(model)
