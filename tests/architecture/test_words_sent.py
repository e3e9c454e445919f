"""What is sent is worded by the department: no notice and no mail is written past its texts without a reason."""

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.sources import modules, name_of, tree

#: Where a notice or a mail may be put together: by the texts themselves, or in words of the program, and why.
WRITERS = {
    "partybuilding/texts/messages.py": "drafts every notice in the words in use",
    "partybuilding/boards/digest.py": "one person's reminders in the words in use, read once a run",
    "partybuilding/following/services.py": "mails to residents in the words in use, read once a run",
    "partybuilding/core/services/outbox.py": "sends what was drafted",
    "partybuilding/core/services/publication.py": "work on a page in the CMS, told to its editor",
    "partybuilding/column/publishing.py": "work on a page in the CMS, told to its editor",
    "partybuilding/column/notices/services.py": "work on a page in the CMS, told to its editors",
    "site/config/second_factor/views.py": "a guarantee: an account's second factor was changed",
}
NAMES = {"NoticeDraft", "post_mail", "EmailMessage", "EmailMultiAlternatives", "send_mail"}


def calls() -> Iterator[tuple[str, str]]:
    for path in modules():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call):
                called = node.func
                name = getattr(called, "id", "") or getattr(called, "attr", "")
                if name in NAMES:
                    yield name_of(path), name


def test_every_notice_and_mail_is_worded_or_has_its_reason() -> None:
    assert {path for path, _name in calls()} == set(WRITERS)


@pytest.mark.parametrize("path", ["boards/digest.py", "following/services.py"])
def test_who_writes_by_itself_says_nothing_beside_the_texts(path: str) -> None:
    """A subject or body of its own would be a string handed to the draft."""
    module = next(one for one in modules() if name_of(one) == f"partybuilding/{path}")
    found = [
        argument
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in NAMES
        for argument in node.args[1:3]
    ]
    assert found
    assert {ast.unparse(one) for one in found} == {"message.subject", "message.body"}
