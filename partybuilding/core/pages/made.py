"""Pages that bring their record along: adding one in the page tree makes the record in the same step."""

from typing import Any

from django.db import transaction
from django.dispatch import Signal

from partybuilding.core.pages.gate import ColumnPageForm
from partybuilding.core.pages.record import RecordPage

#: Sent in the transaction that saves a page for the first time, with `page` and the new `record`.
record_made = Signal()
#: Sent in the transaction in which an editor saves a page, with `page`, `material` and `by`: what the
#: form asked that belongs to the record. What a receiver raises holds the saving back.
material_given = Signal()


class MadePage(RecordPage):
    """A page that is added in the tree like any other, and whose record is made with it."""

    class Meta:
        abstract = True

    def slug_of(self, record: Any) -> str:
        """Return the address of a record's page below its index; it never changes."""
        return str(record.pk)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the page, and with a new one the record that its form began."""
        record = getattr(self, self.record_name, None)
        if record is None or not self._state.adding:
            super().save(*args, **kwargs)
            return
        with transaction.atomic():
            made = record.pk is None
            if made:
                record.save()
                setattr(self, self.record_name, record)
            self.slug = self.slug_of(record)
            super().save(*args, **kwargs)
            if made:
                record_made.send(type(self), page=self, record=record)


class MadePageForm(ColumnPageForm):
    """The form of such a page: it also asks what belongs to the record, while that may be written."""

    #: The names of the fields that belong to the record.
    record_fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            return
        record = self.instance.record
        if not self.may_write(record):
            for name in self.record_fields:
                self.fields.pop(name, None)
        for name, value in self.material_of(record).items():
            self.initial[name] = value

    def may_write(self, record: Any) -> bool:
        """Tell whether the user of the form may write the record now."""
        raise NotImplementedError

    def material_of(self, record: Any) -> dict[str, Any]:
        """Return what the record says now, by the names of the fields."""
        raise NotImplementedError

    def begin_record(self, material: dict[str, Any]) -> Any:
        """Return the new record of a new page, not yet saved."""
        raise NotImplementedError

    def material(self) -> dict[str, Any]:
        """Return what was given of the record."""
        given = {name: self.cleaned_data.get(name) for name in self.record_fields}
        return {name: value for name, value in given.items() if value}

    def save(self, commit: bool = True) -> Any:
        """Save the page as Wagtail does; the record is begun with a new page, or written with it."""
        if self.instance.pk is None:
            setattr(self.instance, self.instance.record_name, self.begin_record(self.material()))
            return super().save(commit=commit)
        with transaction.atomic():
            page = super().save(commit=commit)
            if material := self.material():
                material_given.send(type(page), page=page, material=material, by=self.for_user)
        return page
