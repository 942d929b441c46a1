"""`python -m kosorong` is the command `kosorong`, and imports nothing of the current folder."""

import os
import sys

# With `-m`, Python looks there before anywhere else: a file html.py would be run. What pathlib
# loads could be such a file as well.
_HERE = os.getcwd()  # noqa: PTH109
_OURS = __file__ == f"{_HERE}{os.sep}kosorong{os.sep}__main__.py"
if not (sys.flags.safe_path or _OURS) and sys.path[0] in {"", _HERE}:
    del sys.path[0]

from kosorong.cli import main  # noqa: E402

sys.exit(main())
