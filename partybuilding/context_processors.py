"""What the plugin's templates find in every context."""

from typing import Any

from django.http import HttpRequest

from partybuilding.conf import setting


def base_template(request: HttpRequest) -> dict[str, Any]:
    """Name the template of the site that the public pages and the portal extend."""
    return {"base_template": setting("BASE_TEMPLATE")}
