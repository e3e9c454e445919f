"""Names are kept as they sound, and sites that began with the first words get the others."""

from itertools import islice
from typing import Any

from django.db import migrations

from search.pinyin import loosened
from search.starting_words import OTHERS

#: Rows that are read and written at once.
AT_ONCE = 500


def loosen_names(apps: Any, schema_editor: Any) -> None:
    """Keep readings and initials as whoever does not tell all sounds apart says them."""
    names = apps.get_model("search", "Name").objects
    rows = names.only("pk", "reading", "initials").order_by("pk").iterator(chunk_size=AT_ONCE)
    while some := list(islice(rows, AT_ONCE)):
        for name in some:
            name.reading, name.initials = loosened(name.reading), loosened(name.initials)
        names.bulk_update(some, ["reading", "initials"])


def join_more_words(apps: Any, schema_editor: Any) -> None:
    """Join the words that are new where there are some; a site without any gets all of them after migrating."""
    synonyms = apps.get_model("search", "Synonym").objects
    known = set(synonyms.values_list("words", flat=True))
    if known:
        synonyms.bulk_create(synonyms.model(words=words) for words in OTHERS if words not in known)


class Migration(migrations.Migration):
    """Data alone; the way back leaves it."""

    dependencies = [("search", "0005_words")]

    operations = [
        migrations.RunPython(loosen_names, migrations.RunPython.noop),
        migrations.RunPython(join_more_words, migrations.RunPython.noop),
    ]
