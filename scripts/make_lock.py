"""Write deploy/requirements.lock: what containers install, with the hash of every file.

    .audit/bin/python scripts/make_lock.py

`uv` resolves the extras `serve` and `grow` for the containers' Linux and Python under the pins of
constraints.txt. Run it after those were made anew; `make audit` makes the environment.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "deploy" / "requirements.lock"
PYTHON = "3.12"
"""Of the Dockerfile."""
EXTRAS = ("serve", "grow")
_HEAD = f"""\
# What containers install, by the hash of every file: extras serve and grow, Linux, Python {PYTHON}.
# Made by scripts/make_lock.py from pyproject.toml and constraints.txt.
"""


def main() -> int:
    """Write the lock; 1 where the pins fit nowhere."""
    command = [str(Path(sys.executable).with_name("uv")), "pip", "compile", "pyproject.toml"]
    command += [word for extra in EXTRAS for word in ("--extra", extra)]
    command += ["--constraint", "constraints.txt", "--generate-hashes", "--quiet", "--no-config"]
    command += ["--python-version", PYTHON, "--python-platform", "linux"]
    # Nothing of the machine or the index it was made from.
    command += ["--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links"]
    done = subprocess.run(command, check=False, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    if done.returncode == 0:
        LOCK.write_text(_HEAD + done.stdout, "utf-8")
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
