"""The types that every room speaks of: who acts or asks, and lists that a scope or a filter narrows."""

from typing import Any, TypeAlias, TypeVar

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import QuerySet

#: Whoever asks or acts: somebody who signed in, or a reader of whom nothing is known.
AnyUser: TypeAlias = User | AnonymousUser
#: A list that keeps its own methods when it is narrowed.
Rows = TypeVar("Rows", bound=QuerySet[Any])
