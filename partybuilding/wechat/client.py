"""The few calls of the official account's interface that put an article into its drafts, and none that sends one.

Off unless the site names the account (`WECHAT_APP_ID`, `WECHAT_APP_SECRET`). Texts go out as UTF-8 without
escapes, which the platform would show in titles; addresses of pictures come back with http and are kept
with https.
"""

import json
import uuid
from typing import Any
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from django.core.cache import cache
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partybuilding.conf import setting
from partybuilding.core.machine.refusals import Refusal

SECONDS = 10
#: A token is asked for anew so long before it ends.
EARLY_SECONDS = 300
TOKEN = "wechat-token"  # noqa: S105, the name under which it is kept
#: The platform says that the token does not hold: it is asked for once more.
STALE_TOKEN = frozenset({40001, 40014, 42001})
#: What the platform refuses, and what to do about it.
REFUSALS = {
    40001: gettext_lazy(
        "The platform does not accept the account: an administrator has to check its id and secret."
    ),
    40005: gettext_lazy("The platform does not take a picture of this kind: use JPEG or PNG."),
    40007: gettext_lazy("The platform does not know the cover any more: try again."),
    40009: gettext_lazy("A picture is too heavy for the platform: make it smaller."),
    40013: gettext_lazy(
        "The platform does not know this account: an administrator has to check its id."
    ),
    40125: gettext_lazy("The secret of the account is wrong: an administrator has to set it anew."),
    40164: gettext_lazy(
        "The platform does not let this server in: its address has to be named in the account's list."
    ),
    44003: gettext_lazy("The platform found no article: try again."),
    45002: gettext_lazy("The content is too long for the platform: shorten the page."),
    45003: gettext_lazy("The title is too long for the platform: shorten it here."),
    45004: gettext_lazy("The digest is too long for the platform: shorten it here."),
    45009: gettext_lazy("The account has used up its calls of today: try again tomorrow."),
    45110: gettext_lazy("The author is too long for the platform: shorten it here."),
    47001: gettext_lazy("The platform could not read the article: tell an administrator."),
    48001: gettext_lazy(
        "This account may not be reached from outside: it has to be verified first."
    ),
    53402: gettext_lazy("The platform could not cut the cover: choose another lead picture."),
}


class PlatformRefused(Refusal):
    """The platform did not take what was sent to it, or could not be reached.

    Attributes:
        code: the platform's number; 0 when it was not reached.
    """

    def __init__(self, code: int, sentence: Any) -> None:
        super().__init__([sentence])
        self.code = code


def is_connected() -> bool:
    """Tell whether the site knows an account."""
    return bool(setting("WECHAT_APP_ID") and setting("WECHAT_APP_SECRET"))


def upload_picture(name: str, content: bytes) -> str:
    """Give the platform a picture of a text, and return its address there.

    Raises:
        PlatformRefused: it was not taken.
    """
    answer = _call("/cgi-bin/media/uploadimg", {}, files={"media": (name, content)})
    return str(answer["url"]).replace("http://", "https://", 1)


def add_cover(name: str, content: bytes) -> str:
    """Give the platform a cover, and return its name there.

    Raises:
        PlatformRefused: it was not taken.
    """
    files = {"media": (name, content)}
    answer = _call("/cgi-bin/material/add_material", {"type": "image"}, files=files)
    return str(answer["media_id"])


def add_draft(article: dict[str, Any]) -> str:
    """Put one article into the drafts, and return the draft's name there.

    Raises:
        PlatformRefused: it was not taken.
    """
    told = {"article_type": "news", "need_open_comment": 0, **article}
    return str(_call("/cgi-bin/draft/add", {}, {"articles": [told]})["media_id"])


def _call(path: str, query: dict[str, str], data: Any = None, files: Any = None) -> dict[str, Any]:
    """Send one call with the token; with a new one when the platform says that it does not hold."""
    body, kind = _form(files) if files else (_json(data), "application/json; charset=utf-8")
    try:
        return _answer(path, {"access_token": _token(), **query}, body, kind)
    except PlatformRefused as refused:
        if refused.code not in STALE_TOKEN:
            raise
    cache.delete(TOKEN)
    return _answer(path, {"access_token": _token(), **query}, body, kind)


def _token() -> str:
    known = cache.get(TOKEN)
    if known:
        return str(known)
    account = {"appid": setting("WECHAT_APP_ID"), "secret": setting("WECHAT_APP_SECRET")}
    answer = _answer("/cgi-bin/token", {"grant_type": "client_credential", **account})
    lasts = max(int(answer["expires_in"]) - EARLY_SECONDS, 0)
    cache.set(TOKEN, answer["access_token"], lasts)
    return str(answer["access_token"])


def _answer(path: str, query: dict[str, str], body: bytes | None = None, kind: str = "") -> Any:
    address = f"{setting('WECHAT_API_URL')}{path}?{urlencode(query)}"
    headers = {"Content-Type": kind} if kind else {}
    request = Request(address, data=body, headers=headers)  # noqa: S310, the administrator's address
    try:
        with urlopen(request, timeout=SECONDS) as response:  # noqa: S310
            answer = json.loads(response.read())
    except (URLError, TimeoutError, OSError, ValueError) as error:
        raise PlatformRefused(0, _("The platform cannot be reached: try again later.")) from error
    code = int(answer.get("errcode") or 0)
    if code:
        raise PlatformRefused(code, sentence_of(code))
    return answer


def sentence_of(code: int) -> str:
    """Say what the platform refused, and what to do."""
    known = REFUSALS.get(code)
    return str(known or _("The platform refused the article (no. %(code)s).") % {"code": code})


def _json(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False).encode()


def _form(files: dict[str, tuple[str, bytes]]) -> tuple[bytes, str]:
    """Write files as multipart/form-data; names are our own and ASCII."""
    mark = uuid.uuid4().hex
    parts = [
        f'--{mark}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n'
        "Content-Type: image/jpeg\r\n\r\n".encode()
        + content
        + b"\r\n"
        for field, (name, content) in files.items()
    ]
    return b"".join(parts) + f"--{mark}--\r\n".encode(), f"multipart/form-data; boundary={mark}"
