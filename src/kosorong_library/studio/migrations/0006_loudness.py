"""How loud a take is, kept with it; older ones are measured when they are next heard."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("studio", "0005_marked_exports"),)

    operations = (migrations.AddField("take", "lufs", models.FloatField(null=True)),)
