"""Text of a long book that is not cut into segments yet."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("library", "0006_decisions"),)

    operations = (
        migrations.AddField(
            model_name="book",
            name="uncut",
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
        migrations.CreateModel(
            name="Uncut",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField(db_index=True)),
                ("paragraphs", models.TextField()),
                ("most", models.PositiveIntegerField()),
                ("claimed_by", models.CharField(blank=True, max_length=12)),
                ("claimed_until", models.DateTimeField(null=True)),
                (
                    "book",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pieces",
                        to="library.book",
                    ),
                ),
            ],
            options={"ordering": ("position",)},
        ),
    )
