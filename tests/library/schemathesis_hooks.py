"""What `schemathesis` adds to each request (`SCHEMATHESIS_HOOKS`): the page's proof of a write."""

from typing import Any

import schemathesis
from schemathesis import Case, HookContext

TOKEN = "a" * 32


@schemathesis.hook
def before_call(context: HookContext, case: Case, kwargs: dict[str, Any]) -> None:
    case.headers["X-CSRFToken"] = TOKEN
    case.cookies = {**(case.cookies or {}), "csrftoken": TOKEN}
