"""espeak-ng's Korean as a floor: what every machine can say without having learnt anything."""

from __future__ import annotations

import re
import shutil
import subprocess

from kosorong.audio.wav import decode_audio
from kosorong.config import MEL
from kosorong.errors import ServiceError
from kosorong.text.reading import read
from kosorong.training.corpora.sound import level, trim
from kosorong.training.evaluate_speech.speakers import Audio, Talker

PROGRAM = "espeak-ng"
MISSING = (
    f"floor: {PROGRAM} is not installed, so nothing is measured as the least that can be expected "
    "(Debian: apt-get install espeak-ng)"
)
_SECONDS = 60.0


class EspeakTalker(Talker):
    """The program espeak-ng; it has one Korean voice for everybody.

    Args:
        program: Its path.
    """

    def __init__(self, program: str) -> None:
        self._program = program
        # It says its name, its version and where its data lie.
        version = re.search(r"\d[\w.-]*", self._run("--version").decode(errors="replace"))
        self._version = version[0] if version else "of unknown version"

    @classmethod
    def of_machine(cls) -> EspeakTalker | None:
        """Return this machine's, None where it is not installed."""
        program = shutil.which(PROGRAM)
        return cls(program) if program else None

    @property
    def name(self) -> str:
        """Its version."""
        return f"{PROGRAM} {self._version}, voice ko"

    def say(self, text: str, speaker: str, seed: int) -> Audio:
        """See `Talker.say`; resampled, trimmed and levelled as an import does with recordings.

        Raises:
            ServiceError: The program fails.
            CorpusError: It stays silent.
        """
        sound = self._run("-v", "ko", "--stdin", "--stdout", text=read(text).spoken)
        samples, _ = decode_audio(sound, MEL.sample_rate, where=PROGRAM)
        return level(trim(samples))

    def _run(self, *words: str, text: str = "") -> bytes:
        try:
            ended = subprocess.run(
                [self._program, *words],
                input=text.encode(),
                capture_output=True,
                check=True,
                timeout=_SECONDS,
            )
        except (OSError, subprocess.SubprocessError) as error:
            raise ServiceError(
                f"espeak-ng failed: {error}.", where=self._program, cure="Install it again."
            ) from error
        return ended.stdout
