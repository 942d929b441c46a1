"""Evaluations of voices over the held-out sentences of a corpus."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch

from kosorong.errors import CorpusError
from kosorong.ports import NoProgress, Progress
from kosorong.training.common.memory import keep_freed_memory
from kosorong.training.corpora.packed import Packed, pack
from kosorong.training.evaluate_speech.measures import Sentence, Summary, measure, summarise
from kosorong.training.evaluate_speech.report import Report, draw
from kosorong.training.evaluate_speech.speakers import RunTalker, Talker
from kosorong.training.recogniser.listener import Listener


@dataclass(frozen=True, slots=True)
class Scope:
    """Which sentences are judged and what is kept of them.

    Attributes:
        speakers: Whose sentences, the main speaker first.
        split: `test`, or `valid` for choosing settings.
        limit: Most sentences of a speaker; 0 takes all.
        seed: Seeds the voice's noise; sentence n has seed + n.
        pictures: Sentences of each speaker drawn as PNG files.
    """

    speakers: tuple[str, ...] = ("lmy", "kih")
    split: str = "test"
    limit: int = 0
    seed: int = 0
    pictures: int = 3


def evaluate_speech(
    talker: Talker,
    corpus: Path,
    *,
    recogniser: Path | None = None,
    scope: Scope | None = None,
    out: Path | None = None,
    progress: Progress | None = None,
) -> Report:
    """Judge a voice on held-out sentences.

    Args:
        talker: What speaks: `BundleTalker`, `RunTalker`, or `VoiceTalker` for any other voice.
        corpus: An imported corpus.
        recogniser: Run of `kosorong train recogniser`; without one nothing is recognised.
        scope: Which sentences.
        out: Folder for `speech.txt`, `speech.json` and pictures.
        progress: Shown on the way.

    Raises:
        KosorongError: No held-out sentence, an unknown speaker, or a run that cannot be read.
    """
    keep_freed_memory()
    torch.set_num_threads(1)
    scope, progress = scope or Scope(), progress or NoProgress()
    listener = Listener.of_run(recogniser) if recogniser else None
    packed = pack(corpus)
    chosen = {name: _held_out(packed, name, scope) for name in scope.speakers}
    # The first call builds caches that no later one pays for.
    talker.say(packed.utterances[chosen[scope.speakers[0]][0]].text, scope.speakers[0], 0)
    progress.start(sum(map(len, chosen.values())), unit="sentence")
    summaries = []
    for name, indices in chosen.items():
        summaries.append(_judge(talker, packed, name, indices, listener, scope, out, progress))
    progress.close()
    report = Report(talker.name, tuple(summaries))
    if out is not None:
        report.write(out)
    return report


def evaluate_run(
    acoustic: Path,
    vocoder: Path,
    corpus: Path,
    *,
    newest: bool = False,
    recogniser: Path | None = None,
    scope: Scope | None = None,
    out: Path | None = None,
    progress: Progress | None = None,
) -> Report:
    """Judge training runs before a bundle is made of them; see `evaluate_speech`.

    Args:
        acoustic: Run of `kosorong train acoustic`.
        vocoder: Run of `kosorong train vocoder`.
        corpus: An imported corpus.
        newest: Take the newest checkpoints instead of the best ones.
        recogniser: As for `evaluate_speech`.
        scope: As for `evaluate_speech`.
        out: As for `evaluate_speech`.
        progress: As for `evaluate_speech`.
    """
    keep_freed_memory()
    scope = scope or Scope()
    talker = RunTalker(acoustic, vocoder, newest=newest)
    talker.calibrate(pack(corpus), scope.speakers)
    return evaluate_speech(
        talker, corpus, recogniser=recogniser, scope=scope, out=out, progress=progress
    )


def _judge(
    talker: Talker,
    corpus: Packed,
    speaker: str,
    indices: Sequence[int],
    listener: Listener | None,
    scope: Scope,
    out: Path | None,
    progress: Progress,
) -> Summary:
    sentences: list[Sentence] = []
    for n, index in enumerate(indices):
        text, recording = corpus.utterances[index].text, corpus.audio(index)
        sentence = measure(talker, text, speaker, recording, listener=listener, seed=scope.seed + n)
        if out is not None and n < scope.pictures:
            draw(out / f"{speaker}-{corpus.utterances[index].id}.png", sentence)
        sentences.append(sentence)
        progress.advance()
    return summarise(speaker, sentences)


def _held_out(corpus: Packed, speaker: str, scope: Scope) -> list[int]:
    own = [i for i in corpus.of_split(scope.split) if corpus.utterances[i].speaker == speaker]
    if not own:
        raise CorpusError(
            f"the corpus has no sentence of {speaker!r} in its split {scope.split!r}.",
            cure="Choose a speaker of the corpus with held-out sentences.",
        )
    return own[: scope.limit] if scope.limit else own
