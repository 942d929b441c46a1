"""The project's own recogniser as a judge; it learnt from the speakers it judges."""

from __future__ import annotations

from pathlib import Path

from kosorong.audio.mel import log_mel
from kosorong.text.sound.symbols import SYMBOLS, decode
from kosorong.training.judges.judge import Audio, HeardText, Judge
from kosorong.training.recogniser.data import sounds
from kosorong.training.recogniser.listener import Listener


class OwnRecogniser(Judge):
    """A run of `kosorong train recogniser`.

    Args:
        run: Its folder.

    Raises:
        TrainingError: There is no checkpoint, or one for another symbol table or mel.
    """

    def __init__(self, run: Path) -> None:
        self._listener = Listener.of_run(run)

    @property
    def name(self) -> str:
        """As figures have always called it."""
        return "recogniser"

    @property
    def recipe(self) -> str:
        """See `Judge.recipe`."""
        return "greedy CTC, edits over sounds said; it learnt from the same speakers"

    @property
    def stranger(self) -> bool:
        """No: it learnt from them."""
        return False

    def hear(self, audio: Audio) -> HeardText:
        """See `Judge.hear`."""
        heard = self._listener.hear(log_mel(audio))
        return HeardText(decode(heard), tuple(SYMBOLS[symbol] for symbol in heard))

    def said(self, text: str) -> tuple[str, ...]:
        """See `Judge.said`; sounds as they are pronounced, without the silent onset."""
        return tuple(SYMBOLS[symbol] for symbol in sounds(text))
