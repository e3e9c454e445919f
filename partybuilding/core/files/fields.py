"""Choose several files in a form; those that are sound stay chosen when something else is amiss."""

import logging
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from partybuilding.core.files import pending
from partybuilding.core.files.uploads import ALL_KINDS, Kind, UploadRefused, accepted, check_upload

MOST_FILES = 10
SALT = "partybuilding.kept-files"
log = logging.getLogger(__name__)


class ManyFilesInput(forms.ClearableFileInput):
    """A chooser for several files at once.

    When a form comes back, it lists the files that were sound: they are kept in private storage and are
    sent again by their sealed keys, unless their box is cleared.

    Args:
        kinds: the kinds that are accepted; None keeps nothing, where files are taken in at once.
    """

    allow_multiple_selected = True
    template_name = "partybuilding/core/many_files.html"

    def __init__(
        self, attrs: dict[str, Any] | None = None, kinds: frozenset[Kind] | None = ALL_KINDS
    ) -> None:
        self.kinds = kinds
        offered = accepted(kinds or ALL_KINDS)
        super().__init__({"accept": offered, "multiple": True, **(attrs or {})})

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Any]:
        """Return the files kept from before, and those chosen now."""
        seals = data.getlist(f"{name}-kept") if hasattr(data, "getlist") else []
        kept = [file for seal in seals[:MOST_FILES] if (file := _fetch(seal))]
        chosen = files.getlist(name) if hasattr(files, "getlist") else files.get(name) or []
        return [*kept, *(chosen if isinstance(chosen, list | tuple) else [chosen])]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Tell whether neither was sent."""
        return name not in files and f"{name}-kept" not in data

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Keep what is sound of a form that comes back, and list it."""
        context = super().get_context(name, None, attrs)
        given = value if isinstance(value, list) and self.kinds is not None else []
        context["kept"] = [one for file in given[:MOST_FILES] if (one := self._keep(file))]
        if context["kept"]:
            context["widget"]["attrs"].pop("required", None)
        return context

    def _keep(self, file: Any) -> dict[str, Any] | None:
        try:
            check_upload(file, kinds=self.kinds or ALL_KINDS)
            key = getattr(file, "kept_key", "") or pending.keep(file)
        except UploadRefused:
            return None
        except OSError:
            log.exception("a file of a form could not be kept")
            return None
        return {"seal": signing.dumps([key, file.name], salt=SALT), "name": file.name}


class KeptFile:
    """A file that was chosen when the form was sent before; opened for as long as it is read."""

    def __init__(self, key: str, name: str) -> None:
        self.kept_key, self.name = key, name

    def seek(self, place: int) -> None:
        """Do nothing: each reading begins at the beginning."""

    def read(self, size: int = -1) -> bytes:
        """Return the content; of one that is gone nothing, which is refused as an empty file."""
        file = pending.fetch(self.kept_key)
        if file is None:
            return b""
        with file:
            content: bytes = file.read(size)
        return content


def _fetch(seal: str) -> KeptFile | None:
    try:
        key, name = signing.loads(seal, salt=SALT, max_age=pending.LIFETIME)
    except signing.BadSignature:
        return None
    return KeptFile(key, name) if pending.holds(key) else None


class ManyFilesField(forms.FileField):
    """Several files, each looked at when the form is; what cannot be taken is named with the reason.

    Args:
        kinds: the kinds that are accepted; None leaves all to whoever takes them in.
        most: how many at once.
    """

    widget = ManyFilesInput

    def __init__(
        self,
        *args: Any,
        kinds: frozenset[Kind] | None = ALL_KINDS,
        most: int = MOST_FILES,
        **kwargs: Any,
    ) -> None:
        self.kinds, self.most = kinds, most
        super().__init__(*args, widget=ManyFilesInput(kinds=kinds), **kwargs)

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Give the files back to the chooser, which keeps them."""
        return data

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Return the files as a list."""
        files = [file for file in data or [] if file]
        if self.required and not files:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        if self.kinds is None:
            return files
        errors = []
        if len(files) > self.most:
            errors.append(_("At most %(most)s files at once.") % {"most": self.most})
        for file in files[: self.most]:
            try:
                check_upload(file, kinds=self.kinds)
            except UploadRefused as refused:
                refused.file = file.name
                errors.append(refused.named)
        if errors:
            raise forms.ValidationError(errors)
        return files
