"""Runs tests of engine and API where make's own environment does not.

    python scripts/elsewhere.py lowest | wheel | pythons

lowest: with the lowest version of every range of pyproject.toml. wheel: the engine with the pinned
versions. pythons: most of both on each Python 3.12 to 3.14 that is here. All install the
wheel that `make release` made, with the extras of a service, into an empty environment below
`build/elsewhere`, and run in a folder without the source: what the wheel lacks is missed. A
sentence is translated and spoken, `kosorong serve` is started, then the tests run. Training is no
part of it: tests that want it are skipped.
"""

from __future__ import annotations

import argparse
import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from make_constraints import SERVING, lowest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
PLACE = ROOT / "build" / "elsewhere"
PYTHONS = ("3.12", "3.13", "3.14")
TOOLS = ("pytest", "pytest-django", "hypothesis", "html5lib", "mutagen", "moto[s3]")
"""What the tests want besides."""
ENGINE = tuple(
    f"tests/{name}"
    for name in ("audio", "book", "client", "markup", "serving", "text", "translation")
)
API = ("tests/library",)
"""Where the tests lie; those marked slow are left out."""
# Of the engine what meets another Python; the rest is tried by the other two.
_OF_PYTHON = tuple(f"tests/{name}" for name in ("audio", "book", "client", "translation"))
_TREE = ("deploy", "docs", "examples", "recipes", "scripts", "tests", "web/src")
_WORDS = "lowest", "wheel", "pythons"
_PATIENCE = 90.0


@dataclass(frozen=True, slots=True)
class Trial:
    """One environment and what is tried in it.

    Attributes:
        name: Of its folder, and what is printed.
        python: The interpreter it is made with.
        versions: Lines of a constraints file.
        tests: Folders of tests.
    """

    name: str
    python: str
    versions: Sequence[str]
    tests: Sequence[str]

    @property
    def bin(self) -> Path:
        """Where its programs lie."""
        return PLACE / self.name / "venv" / "bin"

    @property
    def tree(self) -> Path:
        """A copy of the repository without its source."""
        return PLACE / self.name / "tree"

    def make(self, wheel: Path) -> None:
        """Make the environment and the tree."""
        folder = PLACE / self.name
        shutil.rmtree(folder, ignore_errors=True)
        self.tree.mkdir(parents=True)
        for name in _TREE:
            shutil.copytree(ROOT / name, self.tree / name)
        for path in ROOT.iterdir():
            if path.is_file():
                shutil.copy(path, self.tree)
        versions = folder / "versions.txt"
        versions.write_text("".join(f"{line}\n" for line in self.versions), encoding="utf-8")
        _run(self.python, "-m", "venv", str(folder / "venv"))
        pip = ("-m", "pip", "install", "-qq", "--disable-pip-version-check")
        wanted = (f"{wheel}[{','.join(SERVING)}]", *TOOLS)
        _run(str(self.bin / "python"), *pip, "--constraint", str(versions), *wanted)

    def run(self) -> None:
        """Speak, serve and test.

        Raises:
            CalledProcessError: Something of it fails.
        """
        where = self._tell("-c", "import kosorong; print(kosorong.__file__)")
        if not Path(where).is_relative_to(PLACE / self.name / "venv"):
            raise SystemExit(f"{where} is not what was installed.")
        print(f"{self.name}: {self._tell('-V')}, {self._tell('-m', 'kosorong', '--version')}")
        said = self._tell("-m", "kosorong", "translate", "바람이 많이 붑니다.")
        print(f"{self.name}: {said}", flush=True)
        self._tell("-m", "kosorong", "speak", said, "-o", str(PLACE / self.name / "said.wav"))
        self._serve()
        words = ("-m", "pytest", "-p", "no:cacheprovider", "-m", "not slow", "--no-header")
        hooks = "--ignore=tests/library/schemathesis_hooks.py"
        _run(
            str(self.bin / "python"), *words, hooks, *self.tests, cwd=self.tree, env=_environment()
        )

    def _tell(self, *words: str) -> str:
        done = subprocess.run(
            [self.bin / "python", *words],
            cwd=self.tree,
            env=_environment(),
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        return done.stdout.strip()

    def _serve(self) -> None:
        """Start the whole service, ask for its page and its health, and stop it."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = int(free.getsockname()[1])
        data = str(PLACE / self.name / "data")
        words = [str(self.bin / "kosorong"), "serve", "--port", str(port), "--data", data]
        with subprocess.Popen(words, cwd=self.tree, env=_environment()) as service:
            try:
                _answer(port, "/api/health/")
                if b'id="root"' not in _answer(port, "/"):
                    raise SystemExit("The wheel has no page: make release makes one that has.")
            finally:
                service.send_signal(signal.SIGINT)
        print(f"{self.name}: kosorong serve answers", flush=True)


def _answer(port: int, path: str) -> bytes:
    """Return what a path is answered with, as soon as that is a success.

    Raises:
        OSError: It is not, in time.
    """
    end = time.monotonic() + _PATIENCE
    while True:
        asked = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            asked.request("GET", path)
            answer = asked.getresponse()
            if answer.status == 200:
                return answer.read()
            raise ConnectionError(f"{path} is answered with {answer.status}")
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.5)
        finally:
            asked.close()


def _run(*words: str, cwd: Path = ROOT, env: dict[str, str] | None = None) -> None:
    subprocess.run(words, cwd=cwd, env=env, check=True)


def _environment() -> dict[str, str]:
    """Return the variables of a trial: nothing of whoever runs it points anywhere else."""
    own = {"KOSORONG_TEST_WITHOUT_TRAINING": "1", "OMP_NUM_THREADS": "1"}
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("KOSORONG_", "PYTHON"))}
    return {**kept, **own}


def pinned() -> list[str]:
    """Return the lines of constraints.txt."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def tools() -> list[str]:
    """Return the pins of what the tests want."""
    names = {Requirement(tool).name for tool in TOOLS}
    return [line for line in pinned() if line.partition("==")[0] in names]


def interpreter(version: str) -> str:
    """Return a Python of a version that runs and makes environments; "" where there is none."""
    places = sorted(Path.home().glob(f".pyenv/versions/{version}.*/bin/python{version}"))
    for found in (f"python{version}", *map(str, places)):
        words = [found, "-c", "import ensurepip, venv"]
        try:
            if subprocess.run(words, capture_output=True, check=False).returncode == 0:
                return found
        except FileNotFoundError:
            continue
    return ""


def trials(word: str) -> Iterator[Trial]:
    """Yield what belongs to a word of the command line."""
    if word == "lowest":
        lines = [f"{name}=={version}" for name, version in lowest(frozenset(SERVING)).items()]
        yield Trial("lowest", sys.executable, [*lines, *tools()], (*ENGINE, *API))
    elif word == "wheel":
        yield Trial("wheel", sys.executable, pinned(), ENGINE)
    else:
        for version in PYTHONS:
            if found := interpreter(version):
                yield Trial(f"python{version}", found, pinned(), (*_OF_PYTHON, *API))
            else:
                print(f"python{version}: skipped, as this machine has none that makes environments")


def main() -> int:
    """Make and run what was asked for.

    Returns:
        1 where something fails, else 0.
    """
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("what", choices=_WORDS, nargs="+")
    parser.add_argument("--tests", nargs="+", help="these alone, such as tests/audio")
    args = parser.parse_args()
    wheels = sorted((ROOT / "dist").glob("kosorong-*.whl"), key=lambda path: path.stat().st_mtime)
    if not wheels:
        print("There is no wheel in dist/: make release makes it.", file=sys.stderr)
        return 1
    for trial in (one for word in args.what for one in trials(word)):
        started = time.monotonic()
        try:
            trial.make(wheels[-1])
            replace(trial, tests=args.tests or trial.tests).run()
        except (subprocess.CalledProcessError, OSError) as error:
            print(f"{trial.name}: failed: {error}", file=sys.stderr)
            return 1
        print(f"{trial.name}: holds, {time.monotonic() - started:.0f} s", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
