"""Programs that nobody here wrote, run as their own documents say."""

from __future__ import annotations

import os
import re
import subprocess
import textwrap
from collections.abc import Mapping
from pathlib import Path

from local_servers import clean_environment

ROOT = Path(__file__).resolve().parents[2]
_PAGE = ROOT / "docs" / "how-to" / "other-programs.md"


class Strangers:
    """What was installed from elsewhere.

    Args:
        folder: With its programs.
        work: Empty, where they write.
    """

    def __init__(self, folder: Path, work: Path) -> None:
        self._folder, self.work = folder, work

    def run(self, name: str, *words: str) -> str:
        """Return what a program prints; it has to end well."""
        path = os.pathsep.join((str(self._folder), os.environ["PATH"]))
        environ = clean_environment(PATH=path)
        command = [str(self._folder / name), *words]
        done = subprocess.run(command, capture_output=True, text=True, cwd=self.work, env=environ)
        assert done.returncode == 0, f"{done.stdout[-2000:]}{done.stderr[-4000:]}"
        return done.stdout

    def python(self, code: str) -> str:
        """Return what a few lines of Python print."""
        return self.run("python", "-c", textwrap.dedent(code))

    def shown(self, heading: str, names: Mapping[str, str] | None = None, **places: str) -> str:
        """Run the Python that the documents show under a heading.

        Args:
            heading: Of the page about other programs.
            names: What stands for names in it: the models of tests are toys.
            places: What stands for `library` and `inference` in its addresses.
        """
        section = _PAGE.read_text(encoding="utf-8").split(f"# {heading}\n")[1].split("\n#")[0]
        code = "".join(re.findall(r"^```python\n(.*?)^```", section, re.MULTILINE | re.DOTALL))
        assert code, heading
        for usual, place in (("8000", "library"), ("8001", "inference")):
            code = code.replace(f"http://127.0.0.1:{usual}", places.get(place, ""))
        for usual, name in (names or {}).items():
            code = code.replace(usual, name)
        return self.python(code)
