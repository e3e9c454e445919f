"""Tables as the components of public pages take them: heads and cells, numbers to the right."""

from typing import Any


def heads(first: Any, *numbers: Any) -> list[dict[str, Any]]:
    """Return the heads of a table whose columns are numbers but for the first."""
    return [{"label": first}, *({"label": label, "numeric": True} for label in numbers)]


def number(value: Any) -> dict[str, Any]:
    """Return a cell that is a number."""
    return {"text": value, "numeric": True}
