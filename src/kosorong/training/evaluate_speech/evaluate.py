"""Evaluations of voices over the held-out sentences of a corpus."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch

from kosorong.errors import CorpusError
from kosorong.ports import NoProgress, Progress
from kosorong.training.common.memory import keep_freed_memory
from kosorong.training.corpora.manifest import MANIFEST
from kosorong.training.corpora.packed import PackedCorpus, pack
from kosorong.training.evaluate_speech.espeak import MISSING
from kosorong.training.evaluate_speech.measures import MeasuredSentence, measure, summarise
from kosorong.training.evaluate_speech.melody import Melody, draw_melody, melody
from kosorong.training.evaluate_speech.report import Report, draw
from kosorong.training.evaluate_speech.speakers import RunTalker, Talker
from kosorong.training.evaluate_speech.understood import HeldOutRecording, listen
from kosorong.training.evaluate_speech.understood_report import Judgement
from kosorong.training.judges import Judge


@dataclass(frozen=True, slots=True)
class Scope:
    """Which sentences are judged and what is kept of them.

    Attributes:
        speakers: Whose sentences, the main speaker first.
        split: `test`, `valid` for choosing checkpoints and settings, or `all`: both.
        limit: Most sentences of a speaker; 0 takes all.
        seeds: How often a judge hears each sentence served, each time with other noise.
        seed: Seeds the voice's noise; sentence n has seed + n.
        pictures: Sentences of each speaker drawn as PNG files.
        ends: Questions, and statements, of each speaker whose ends are compared, at most.
    """

    speakers: tuple[str, ...] = ("lmy", "kih")
    split: str = "test"
    limit: int = 0
    seeds: int = 5
    seed: int = 0
    pictures: int = 3
    ends: int = 300


def evaluate_speech(
    talker: Talker,
    corpus: Path,
    *,
    judge: Judge | None = None,
    floor: Talker | None = None,
    scope: Scope | None = None,
    out: Path | None = None,
    progress: Progress | None = None,
) -> Report:
    """Judge a voice on held-out sentences.

    Args:
        talker: What speaks: `BundleTalker`, `RunTalker`, or `VoiceTalker` for any other voice.
        corpus: An imported corpus.
        judge: Writes down what it hears (`kosorong.training.judges`); without one nobody listens.
        floor: Says the same sentences as the least that can be expected (`EspeakTalker`).
        scope: Which sentences.
        out: Folder for `speech.txt`, `speech.json` and pictures.
        progress: Shown on the way.

    Raises:
        KosorongError: No held-out sentence, an unknown speaker, or a run that cannot be read.
    """
    keep_freed_memory()
    torch.set_num_threads(1)
    scope, progress = scope or Scope(), progress or NoProgress()
    packed = pack(corpus)
    chosen = {name: _held_out(packed, name, scope) for name in scope.speakers}
    # The first call builds caches that no later one pays for.
    talker.say(packed.utterances[chosen[scope.speakers[0]][0]].text, scope.speakers[0], 0)
    progress.start(sum(map(len, chosen.values())), unit="sentence")
    meter = _Meter(talker, packed, floor, scope, out, progress)
    judged = {name: meter.sentences(name, indices) for name, indices in chosen.items()}
    progress.close()
    summaries = [
        summarise(name, sentences, meter.melody(name)) for name, sentences in judged.items()
    ]
    notes = (
        held_out_note(packed, chosen, scope.split),
        f"floor: {floor.name}" if floor else MISSING,
    )
    judgement = None if judge is None else meter.judgement(judge, chosen)
    report = Report(talker.name, tuple(summaries), notes, judgement)
    if out is not None:
        report.write(out)
    return report


def evaluate_run(
    acoustic: Path,
    vocoder: Path,
    corpus: Path,
    *,
    newest: bool = False,
    judge: Judge | None = None,
    floor: Talker | None = None,
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
        judge: As for `evaluate_speech`.
        floor: As for `evaluate_speech`.
        scope: As for `evaluate_speech`.
        out: As for `evaluate_speech`.
        progress: As for `evaluate_speech`.
    """
    keep_freed_memory()
    scope = scope or Scope()
    talker = RunTalker(acoustic, vocoder, newest=newest)
    talker.calibrate(pack(corpus), scope.speakers)
    return evaluate_speech(
        talker, corpus, judge=judge, floor=floor, scope=scope, out=out, progress=progress
    )


@dataclass(frozen=True, slots=True)
class _Meter:
    """What measures every speaker the same way; see `evaluate_speech`."""

    talker: Talker
    corpus: PackedCorpus
    floor: Talker | None
    scope: Scope
    out: Path | None
    progress: Progress

    def sentences(self, speaker: str, indices: Sequence[int]) -> list[MeasuredSentence]:
        sentences: list[MeasuredSentence] = []
        for n, index in enumerate(indices):
            sentence = measure(
                self.talker,
                self.corpus.utterances[index].text,
                speaker,
                self.corpus.audio(index),
                floor=self.floor,
                seed=self.scope.seed + n,
            )
            if self.out is not None and n < self.scope.pictures:
                name = f"{speaker}-{self.corpus.utterances[index].id}.png"
                draw(self.out / name, sentence)
            sentences.append(sentence)
            self.progress.advance()
        return sentences

    def judgement(self, judge: Judge, chosen: Mapping[str, Sequence[int]]) -> Judgement:
        """Let a judge hear every speaker; the other voices say the main speaker's texts too."""
        main, *others = chosen
        self.progress.start(sum(map(len, chosen.values())), unit="sentence heard")
        understood = [
            listen(
                self.talker,
                judge,
                speaker,
                [self._recording(index) for index in indices],
                others=others if speaker == main else (),
                floor=self.floor,
                seeds=self.scope.seeds,
                seed=self.scope.seed,
                progress=self.progress,
            )
            for speaker, indices in chosen.items()
        ]
        self.progress.close()
        return Judgement(judge.name, judge.recipe, judge.stranger, tuple(understood))

    def _recording(self, index: int) -> HeldOutRecording:
        row = self.corpus.utterances[index]
        return HeldOutRecording(row.id, row.text, self.corpus.audio(index))

    def melody(self, speaker: str) -> Melody | None:
        if not self.scope.ends:
            return None
        measured = melody(
            self.talker,
            self.corpus,
            speaker,
            most=self.scope.ends,
            seed=self.scope.seed,
            progress=self.progress,
        )
        if self.out is not None:
            draw_melody(self.out / f"{speaker}-melody.png", measured)
        return measured


def held_out_note(corpus: PackedCorpus, chosen: Mapping[str, Sequence[int]], split: str) -> str:
    """Say which sentences were judged: how many, where that is written, and their fingerprint.

    Equal fingerprints mean that two reports are of the same recordings. What chose checkpoints is
    told beside what is only measured.
    """
    rows = [corpus.utterances[i] for indices in chosen.values() for i in indices]
    plain = "\n".join(sorted(f"{row.speaker}\t{row.id}\t{row.text}" for row in rows))
    digest = hashlib.sha256(plain.encode()).hexdigest()[:12]
    return (
        f"held out: {len(rows)} sentences, split {split!r} of the corpus's {MANIFEST}, {digest}; "
        f"checkpoints are chosen on 'valid' ({_held(corpus, chosen, 'valid')} of these speakers), "
        f"figures are told of 'test' ({_held(corpus, chosen, 'test')})"
    )


def _held(corpus: PackedCorpus, speakers: Collection[str], split: str) -> int:
    return sum(corpus.utterances[i].speaker in speakers for i in corpus.of_split(split))


def _held_out(corpus: PackedCorpus, speaker: str, scope: Scope) -> list[int]:
    splits = ("valid", "test") if scope.split == "all" else (scope.split,)
    held_out = sorted(i for split in splits for i in corpus.of_split(split))
    own = [i for i in held_out if corpus.utterances[i].speaker == speaker]
    if not own:
        raise CorpusError(
            f"the corpus has no sentence of {speaker!r} in its split {scope.split!r}.",
            cure="Choose a speaker of the corpus with held-out sentences.",
        )
    return own[: scope.limit] if scope.limit else own
