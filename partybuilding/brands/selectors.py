"""Read brands: what residents may read, a user's register, one file."""

from django.db.models import QuerySet

from partybuilding.brands.models import Brand
from partybuilding.brands.pages import readable_brands
from partybuilding.core.types import AnyUser

__all__ = ["brand_file", "readable_brands", "register_of"]


def register_of(user: AnyUser) -> QuerySet[Brand]:
    """Return what a user's register lists, with what its columns show."""
    return Brand.objects.visible_to(user).select_related("organization__unit", "page")


def brand_file(user: AnyUser, pk: int) -> Brand:
    """Return one brand with what its screens show.

    Raises:
        Brand.DoesNotExist: there is none, or it is not the user's to see.
    """
    found = Brand.objects.visible_to(user).select_related("organization__unit")
    return found.prefetch_related(
        "origins__project__organization", "origins__project__cycle", "origins__project__partners"
    ).get(pk=pk)


def pages_to_publish(user: AnyUser) -> int:
    """Count the recognised brands whose page residents cannot read yet."""
    return Brand.objects.visible_to(user).public().exclude(page__live=True).count()
