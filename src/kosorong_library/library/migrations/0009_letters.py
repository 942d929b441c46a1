"""An index of the letters of books, by which words of one syllable and two are found."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import django.db.models.deletion
from django.db import migrations, models

_ROWS = 2000


def learn(apps: Any, editor: Any) -> None:
    """Write down the letters of the books that are there; begun again, it goes on."""
    letters = apps.get_model("library", "Letters")
    passages = apps.get_model("library", "Passage").objects
    for book in apps.get_model("library", "Book").objects.values_list("pk", flat=True):
        known: set[str] = set()
        for folded in passages.filter(book=book).values_list("folded", flat=True).iterator(_ROWS):
            words = folded.split()
            known |= {one + other for word in words for one, other in pairwise(word)}
            known.update(*words)
        rows = [letters(book_id=book, letters=one) for one in sorted(known)]
        letters.objects.bulk_create(rows, _ROWS, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = (("library", "0008_turns"),)

    operations = (
        migrations.AddField(
            model_name="book",
            name="loose",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.CreateModel(
            name="Letters",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "book_id",
                        "letters",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("letters", models.CharField(max_length=2)),
                (
                    "book",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="letters",
                        to="library.book",
                    ),
                ),
            ],
        ),
        migrations.RunPython(learn, migrations.RunPython.noop),
    )
