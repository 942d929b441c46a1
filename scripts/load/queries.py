"""Count the queries that answers take: `python scripts/load/queries.py DATA PATH…`."""

from __future__ import annotations

import json
import sys
from pathlib import Path


def main() -> int:
    """Ask in this process, where queries can be seen."""
    from kosorong_library import serve

    serve.prepare(Path(sys.argv[1]))
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client, counts = Client(headers={"host": "localhost"}), []
    for path in sys.argv[2:]:
        with CaptureQueriesContext(connection) as seen:
            answer = client.get(path)
        if answer.status_code != 200:
            raise SystemExit(f"{path} is answered with {answer.status_code}.")
        counts.append(len(seen))
    print(json.dumps(counts))
    return 0


if __name__ == "__main__":
    sys.exit(main())
