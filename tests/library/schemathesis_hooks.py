"""What `schemathesis` adds to each request (`SCHEMATHESIS_HOOKS`): the page's proof of a write."""

import schemathesis

TOKEN = "a" * 32


@schemathesis.hook
def before_call(context, case, kwargs):
    case.headers["X-CSRFToken"] = TOKEN
    case.cookies = {**(case.cookies or {}), "csrftoken": TOKEN}
