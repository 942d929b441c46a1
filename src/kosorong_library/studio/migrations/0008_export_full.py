"""Whether a file of a whole book failed for want of room, which passes."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("studio", "0007_size"),)

    operations = (
        migrations.AddField("export", "full", models.BooleanField(default=False, db_default=False)),
    )
