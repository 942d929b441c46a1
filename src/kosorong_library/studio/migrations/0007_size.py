"""How large a take's file is, kept with it; older ones are measured by `kosorong check`."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("studio", "0006_loudness"),)

    operations = (migrations.AddField("take", "size", models.PositiveBigIntegerField(null=True)),)
