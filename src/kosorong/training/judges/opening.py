"""Which judge an option names."""

from __future__ import annotations

from pathlib import Path

from kosorong.training.judges.judge import Judge

WHISPER, VOSK = "whisper", "vosk:"


def open_judge(named: str) -> Judge:
    """Open the judge that `--recogniser` names.

    Args:
        named: `whisper`, `vosk:PATH`, or the folder of a run of `kosorong train recogniser`.

    Raises:
        UsageError: A package or a model is missing.
        BundleError: Whisper's files are not those that are expected.
        TrainingError: The run holds no recogniser.
    """
    if named == WHISPER:
        from kosorong.training.judges.whisper import Whisper

        return Whisper.installed()
    if named.startswith(VOSK):
        from kosorong.training.judges.vosk_model import Vosk

        return Vosk(Path(named.removeprefix(VOSK)))
    from kosorong.training.judges.own import OwnRecogniser

    return OwnRecogniser(Path(named))
