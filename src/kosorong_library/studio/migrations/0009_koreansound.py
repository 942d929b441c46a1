"""Sentences of books spoken in Korean, for whoever listens in two languages."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("studio", "0008_export_full"), ("library", "0011_shelf"))

    operations = (
        migrations.CreateModel(
            name="KoreanSound",
            fields=[
                (
                    "segment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="korean_sound",
                        serialize=False,
                        to="library.segment",
                    ),
                ),
                ("key", models.CharField(max_length=64)),
                ("audio", models.FileField(max_length=200, upload_to="")),
                ("voice", models.CharField(max_length=100)),
                ("credit", models.TextField(blank=True)),
            ],
        ),
    )
