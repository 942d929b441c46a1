"""Measures translators: chrF2 and BLEU per direction and spelling, beside copy and rules.

Figures come from what is served: each fold is trained, exported to CTranslate2 int8, and its
held-out lines go through `NeuralTranslator` with its checks and fall-backs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sacrebleu.metrics import BLEU, CHRF

from kosorong.bundle import MANIFEST
from kosorong.errors import CorpusError, TrainingError
from kosorong.ports import JEJU, KOREAN, SPELLINGS
from kosorong.text.letters.hangul import nfc
from kosorong.training.common.checkpoints import CheckpointFolder
from kosorong.training.corpora.parallel import Pair, read_manifest, read_mono, split_folds
from kosorong.training.translation.core_words import lexicon
from kosorong.training.translation.examples import Rules, align_pairs, hint_for, learn_rules
from kosorong.training.translation.export import export_translator
from kosorong.training.translation.recipe import TranslationRecipe
from kosorong.training.translation.train import train_pairs
from kosorong.translation.lexicon import Lexicon
from kosorong.translation.translator import NeuralTranslator

SYSTEMS = ("copy", "rules", "model")
"""`model` is missing where only rules are measured."""
MEASURED_STYLES = ("dialogue", "oral")
_DIALOGUES = "life_dialogues_araea"
"""The lexicon's name of the dialogues that the folds are made of."""


@dataclass(frozen=True, slots=True)
class EvaluatedLine:
    """One held-out text with what each system made of it.

    Attributes:
        id: Identifier of the pair.
        task: Style, spelling and direction, such as `dialogue araea ko-jje`.
        reference: What a person wrote.
        outputs: Translation by system.
        provenance: What made the model's translation.
    """

    id: str
    task: str
    reference: str
    outputs: Mapping[str, str]
    provenance: str


@dataclass(frozen=True, slots=True)
class Figure:
    """Scores of one system on one task.

    Attributes:
        task: See `EvaluatedLine`.
        system: `copy`, `rules` or `model`.
        chrf: chrF2, 0 to 100.
        bleu: BLEU, 0 to 100.
        lines: How many texts.
        fell_back: Share of the texts for which the rules stood in for the model.
    """

    task: str
    system: str
    chrf: float
    bleu: float
    lines: int
    fell_back: float = 0.0


def translate_lines(translator: NeuralTranslator, pairs: Sequence[Pair]) -> list[EvaluatedLine]:
    """Translate pairs in both directions; Jeju is asked for in the spelling of the pair."""
    lines: list[EvaluatedLine] = []
    for spelling in SPELLINGS:
        asked = [pair for pair in pairs if spelling in _asked(pair)]
        lines += _one_way(translator, asked, KOREAN, JEJU, spelling)
        own = [pair for pair in asked if spelling == _asked(pair)[0]]
        lines += _one_way(translator, own, JEJU, KOREAN, spelling)
    return lines


def _asked(pair: Pair) -> tuple[str, ...]:
    """Return the spellings in which a pair's Jeju is asked for, its own first."""
    if pair.style == "oral":
        # It keeps ㅅ, ㅞ and, here and there, arae-a, but is called modern where it was published.
        return SPELLINGS
    return ("araea",) if pair.spelling == "araea" else ("modern",)


def _one_way(
    translator: NeuralTranslator, pairs: Sequence[Pair], source: str, target: str, spelling: str
) -> list[EvaluatedLine]:
    texts = [p.korean if source == KOREAN else p.jeju for p in pairs]
    translations = translator.translate(texts, source=source, target=target, spelling=spelling)
    rules = translator.translate_by_rules(texts, target=target, spelling=spelling)
    return [
        EvaluatedLine(
            pair.id,
            f"{pair.style} {spelling} {source}-{target}",
            pair.jeju if target == JEJU else pair.korean,
            {"copy": text, "rules": by_rules, "model": translation.text},
            translation.provenance,
        )
        for pair, text, translation, by_rules in zip(pairs, texts, translations, rules, strict=True)
    ]


def figures_of(lines: Sequence[EvaluatedLine]) -> list[Figure]:
    """Score lines by task and system, on NFC text."""
    figures: list[Figure] = []
    for task in dict.fromkeys(line.task for line in lines):
        chosen = [line for line in lines if line.task == task]
        references = [[_nfc(line.reference) for line in chosen]]
        for system in systems_of(chosen):
            outputs = [_nfc(line.outputs[system]) for line in chosen]
            fell = sum("nmt" not in line.provenance for line in chosen) / len(chosen)
            figures.append(
                Figure(
                    task,
                    system,
                    round(CHRF().corpus_score(outputs, references).score, 2),
                    round(BLEU().corpus_score(outputs, references).score, 2),
                    len(chosen),
                    round(fell, 3) if system == "model" else 0.0,
                )
            )
    return figures


def systems_of(lines: Sequence[EvaluatedLine]) -> list[str]:
    """Return the systems whose outputs the lines hold."""
    return [s for s in SYSTEMS if all(s in line.outputs for line in lines)]


def evaluate_rules(data: Path, *, folds: int = 5, only: Iterable[int] = ()) -> list[EvaluatedLine]:
    """Measure the rules alone on every fold, without training a model.

    Args:
        data: Corpus folder.
        folds: How many folds by dialogue unit; oral history is measured with fold 0.
        only: Numbers of the folds to do; none means all.

    Returns:
        Lines whose outputs are `copy` and `rules`.
    """
    pairs = read_manifest(data)
    oral = [p for p in pairs if p.style == "oral"]
    lines: list[EvaluatedLine] = []
    for n, fold in enumerate(split_folds(pairs, folds)):
        if only and n not in only:
            continue
        rules = learn_rules(*align_pairs(fold.train), lexicon_without(fold.test, pairs))
        for pair in [*fold.test, *(oral if n == 0 else ())]:
            lines += (_ruled(pair, rules, KOREAN, JEJU, s) for s in _asked(pair))
            lines.append(_ruled(pair, rules, JEJU, KOREAN, _asked(pair)[0]))
    return lines


def lexicon_without(held_out: Sequence[Pair], pairs: Sequence[Pair]) -> Lexicon:
    """Return the lexicon without what nothing but held-out dialogues speaks for.

    Args:
        held_out: Dialogues that are measured on.
        pairs: The whole corpus, which names the lines of the file that `evidence` counts.
    """
    asked = {pair.id for pair in held_out}
    dialogues = (p.id for p in pairs if p.style == "dialogue" and p.spelling == "araea")
    lines = {f"{_DIALOGUES}:{n}" for n, name in enumerate(dialogues, 1) if name in asked}
    return lexicon().without(lines)


def _ruled(pair: Pair, rules: Rules, source: str, target: str, spelling: str) -> EvaluatedLine:
    text, reference = pair.korean, pair.jeju
    if source == JEJU:
        text, reference = reference, text
    ruled = hint_for(rules, text, target, spelling).text
    task = f"{pair.style} {spelling} {source}-{target}"
    return EvaluatedLine(pair.id, task, reference, {"copy": text, "rules": ruled}, "rules")


def _nfc(text: str) -> str:
    return nfc(text)


def evaluate_bundle(bundle: Path, data: Path) -> list[EvaluatedLine]:
    """Translate with a bundle the dialogues and held-out styles of a corpus folder.

    A bundle trained on all dialogues has seen them; only held-out styles judge it, and the
    folds judge its recipe.

    Raises:
        BundleError: The bundle cannot be opened.
        CorpusError: The corpus is missing or has nothing to measure.
    """
    pairs = [p for p in read_manifest(data) if p.style in MEASURED_STYLES]
    if not pairs:
        raise CorpusError(
            "There is no dialogue and no oral history to measure on.",
            where=str(data),
            cure="Import such files: kosorong corpus import tsv SRC DEST.",
        )
    return translate_lines(NeuralTranslator(bundle), pairs)


def evaluate_folds(
    recipe: TranslationRecipe,
    data: Path,
    out: Path,
    *,
    folds: int = 5,
    only: Iterable[int] = (),
) -> list[EvaluatedLine]:
    """Train and measure the recipe on every fold; oral history is measured with fold 0.

    A fold that was finished is not trained again, a stopped one goes on.

    Args:
        recipe: What is measured.
        data: Corpus folder.
        out: Where the folds' runs and bundles go.
        folds: How many folds by dialogue unit.
        only: Numbers of the folds to do; none means all.

    Returns:
        The lines of all folds done.

    Raises:
        TrainingError: A signal stopped the training of a fold.
    """
    pairs, mono = read_manifest(data), read_mono(data)
    oral = [p for p in pairs if p.style == "oral"]
    lines: list[EvaluatedLine] = []
    for n, fold in enumerate(split_folds(pairs, folds)):
        if only and n not in only:
            continue
        run, bundle = out / f"fold-{n}", out / f"fold-{n}-bundle"
        if not (bundle / MANIFEST).exists():
            started = (run / "checkpoints").exists()
            train_pairs(recipe, [*fold.train, *oral], mono, run, resume=started)
            _check_finished(run, recipe)
            export_translator(run, bundle, name=f"fold-{n}")
        measured = [*fold.test, *(oral if n == 0 else ())]
        lines += translate_lines(NeuralTranslator(bundle), measured)
    return lines


def _check_finished(run: Path, recipe: TranslationRecipe) -> None:
    """Refuse to measure a fold that a signal stopped on its way."""
    checkpoint = CheckpointFolder(run / "checkpoints").newest()
    step = int(checkpoint[1]["step"]) if checkpoint else 0
    if step < recipe.loop.steps:
        raise TrainingError(
            f"stopped at step {step} of {recipe.loop.steps}.",
            where=str(run),
            cure="Give the same command again: it goes on from there.",
        )


def table_of(figures: Sequence[Figure]) -> str:
    """Return figures as a Markdown table, one task a row.

    >>> print(table_of([Figure("dialogue araea ko-jje", "copy", 17.1, 2.0, 314)]))
    | task | lines | copy chrF2 / BLEU | fell back |
    |---|---|---|---|
    | dialogue araea ko-jje | 314 | 17.10 / 2.00 | 0 % |
    """
    systems = [s for s in SYSTEMS if any(f.system == s for f in figures)]
    head = ["task", "lines", *(f"{s} chrF2 / BLEU" for s in systems), "fell back"]
    rows = ["| " + " | ".join(head) + " |", "|---" * len(head) + "|"]
    for task in dict.fromkeys(f.task for f in figures):
        mine = {f.system: f for f in figures if f.task == task}
        cells = [f"{mine[s].chrf:.2f} / {mine[s].bleu:.2f}" for s in systems if s in mine]
        first = next(iter(mine.values()))
        fell = max(f.fell_back for f in mine.values())
        cells = [task, str(first.lines), *cells, f"{100 * fell:.0f} %"]
        rows.append("| " + " | ".join(cells) + " |")
    return "\n".join(rows)
