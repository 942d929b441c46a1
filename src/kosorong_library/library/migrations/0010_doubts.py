"""Which words of a translation are doubted, and why."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("library", "0009_letters"),)

    operations = (
        migrations.AddField(
            model_name="segment",
            name="doubts",
            field=models.JSONField(default=list, null=True),
        ),
        migrations.CreateModel(
            name="DoubtedWord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("lemma", models.CharField(db_index=True, max_length=100)),
                ("reason", models.CharField(max_length=20)),
                (
                    "book",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="doubted",
                        to="library.book",
                    ),
                ),
                (
                    "segment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="doubted",
                        to="library.segment",
                    ),
                ),
            ],
        ),
    )
