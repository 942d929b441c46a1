"""What a maker says of a book besides title and author."""

from __future__ import annotations

from django.db import migrations, models


def _text(length: int) -> models.CharField:
    return models.CharField(max_length=length, blank=True, db_default="")


class Migration(migrations.Migration):
    dependencies = (("library", "0010_doubts"),)

    operations = (
        migrations.AddField("book", "narrator", _text(300)),
        migrations.AddField("book", "description", _text(4000)),
        migrations.AddField("book", "tags", _text(600)),
        migrations.AddField("book", "series", _text(300)),
        migrations.AddField("book", "series_number", _text(20)),
    )
