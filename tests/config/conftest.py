"""People for the doors of the house."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.test import Client


@pytest.fixture
def editor(db: None):
    """Make somebody who may enter the administration and is no superuser."""
    person = get_user_model().objects.create_user("editor", password="right-horse")
    group = Group.objects.create(name="May enter")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    person.groups.add(group)
    return person


@pytest.fixture
def as_editor(client: Client, editor) -> Client:
    """Return a browser in which the editor has signed in with the password."""
    client.force_login(editor, backend="django.contrib.auth.backends.ModelBackend")
    return client
