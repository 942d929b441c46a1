from typing import Any

from django.db import migrations

from kosorong.text.letters.folding import fold

_BATCH = 500
_COLUMNS = ("pk", "book_id", "source_text", "target_text")


def fold_texts(apps: Any, schema_editor: Any) -> None:
    books = apps.get_model("library", "Book").objects
    passages = apps.get_model("library", "Passage")
    missing = apps.get_model("library", "Segment").objects.filter(passage=None)
    for number, title, author in books.values_list("pk", "title", "author").iterator(_BATCH):
        books.filter(pk=number).update(folded=fold(f"{title} {author}")[:700])
    while rows := list(missing.order_by("pk").values_list(*_COLUMNS)[:_BATCH]):
        passages.objects.bulk_create(
            passages(segment_id=pk, book_id=book, folded=fold(f"{source} {target}"))
            for pk, book, source, target in rows
        )


class Migration(migrations.Migration):
    dependencies = [("library", "0003_sharing")]

    operations = [migrations.RunPython(fold_texts, migrations.RunPython.noop)]
