"""Files of books that were built before they said who is heard are built again when asked for."""

from __future__ import annotations

from typing import Any

from django.db import migrations


def build_again(apps: Any, schema_editor: Any) -> None:
    apps.get_model("studio", "Export").objects.update(made=None)


class Migration(migrations.Migration):
    dependencies = (("studio", "0004_terms"),)

    operations = (migrations.RunPython(build_again, migrations.RunPython.noop),)
