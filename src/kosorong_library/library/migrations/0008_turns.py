"""Turns go round people; what is made counts in a book's revision without being written there."""

from __future__ import annotations

from typing import Any

from django.db import migrations, models


def made_apart(apps: Any, editor: Any) -> None:
    """Take what is made out of the revisions, so that files of whole books stay fresh."""
    book, segment = apps.get_model("library", "Book"), apps.get_model("library", "Segment")
    done = segment.objects.filter(state="done").values("book").order_by()
    for number, count in done.annotate(count=models.Count("pk")).values_list("book", "count"):
        rows = book.objects.filter(pk=number, revision__gte=count)
        rows.update(revision=models.F("revision") - count)


def finished(apps: Any, editor: Any) -> None:
    """Mark the books of which nothing is waiting to be made."""
    book, segment = apps.get_model("library", "Book"), apps.get_model("library", "Segment")
    waiting = segment.objects.filter(book=models.OuterRef("pk"), state="waiting")
    book.objects.filter(~models.Exists(waiting), uncut=0).update(unfinished=False)


class Migration(migrations.Migration):
    dependencies = (("library", "0007_uncut"),)

    operations = (
        migrations.AddField(
            model_name="book",
            name="unfinished",
            field=models.BooleanField(db_default=True, default=True),
        ),
        migrations.RemoveIndex(model_name="book", name="book_to_serve"),
        migrations.AddIndex(
            model_name="book",
            index=models.Index(fields=["owner", "served_at"], name="book_of_person"),
        ),
        migrations.AddIndex(
            model_name="book",
            index=models.Index(
                fields=["wish", "unfinished", "owner", "served_at"], name="book_turn"
            ),
        ),
        migrations.RunPython(made_apart, migrations.RunPython.noop),
        migrations.RunPython(finished, migrations.RunPython.noop),
    )
