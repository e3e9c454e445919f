"""Sites that keep words get those that residents say."""

from typing import Any

from django.db import migrations

from search.starting_words import SAID


def join_more_words(apps: Any, schema_editor: Any) -> None:
    """Join the words that are new where there are some; a site without any gets all of them after migrating."""
    synonyms = apps.get_model("search", "Synonym").objects
    known = set(synonyms.values_list("words", flat=True))
    if known:
        synonyms.bulk_create(synonyms.model(words=words) for words in SAID if words not in known)


class Migration(migrations.Migration):
    """Data alone; the way back leaves it."""

    dependencies = [("search", "0006_sounds_and_words")]

    operations = [migrations.RunPython(join_more_words, migrations.RunPython.noop)]
