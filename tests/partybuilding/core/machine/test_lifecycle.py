"""The drawn lifecycles are those of the code."""

from django.conf import settings

from partybuilding.core.machine.lifecycle import lifecycle_document

DOCUMENT = settings.ROOT / "docs" / "lifecycle.md"


def test_the_document_is_current() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == lifecycle_document(), (
        "run `python manage.py lifecycle`"
    )


def test_every_cell_of_the_rights_is_readable() -> None:
    text = lifecycle_document()
    assert "| 待初审 | 撤回修改、撤回申报 | 初审通过、初审不予推荐、退回修改 |" in text
