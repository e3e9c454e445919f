"""Wagtail's screens of users: a login name is taken in whatever case, and a Chinese name is one field."""

from typing import Any

from django.contrib.auth import get_user_model
from django.forms import ValidationError
from wagtail.users.forms import UserCreationForm, UserEditForm, UserForm
from wagtail.users.views.users import UserViewSet


class OneName(UserForm):
    """What both forms share."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["last_name"].required = False

    def _clean_username(self) -> None:
        name = get_user_model().normalize_username(self.cleaned_data.get("username", ""))
        others = get_user_model()._default_manager.exclude(pk=self.instance.pk)
        if name and others.filter(username__iexact=name).exists():
            said = self.error_messages["duplicate_username"]
            self.add_error("username", ValidationError(said, code="duplicate_username"))
        elif name:
            self.cleaned_data["username"] = name


class OneNameCreationForm(OneName, UserCreationForm):
    """A new user."""

    class Meta(UserCreationForm.Meta):
        pass


class OneNameEditForm(OneName, UserEditForm):
    """A user who is there."""

    class Meta(UserEditForm.Meta):
        pass


class OneNameUserViewSet(UserViewSet):
    """Wagtail's screens with these forms."""

    def get_form_class(self, for_update: bool = False) -> type[UserForm]:
        """Return the form of a new user, or of one who is there."""
        return OneNameEditForm if for_update else OneNameCreationForm
