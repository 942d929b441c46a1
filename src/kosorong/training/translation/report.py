"""A report on translations: scores with intervals, what they hide, the worst lines by name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kosorong.training.corpora.parallel import Pair
from kosorong.training.translation.evaluate import EvaluatedLine, figures_of, systems_of, table_of
from kosorong.training.translation.quality import Quality, jeju_words, quality_of, words_of, worst

# How found: how many a report shows; decides nothing.
WORST = 15


def report_of(lines: Sequence[EvaluatedLine], pairs: Sequence[Pair], title: str) -> str:
    """Return a report in Markdown; lines are named, never quoted.

    Args:
        lines: What was translated.
        pairs: The corpus, whose words count as attested.
        title: What was measured, and how.
    """
    return "\n".join([f"# {title}", "", table_of(figures_of(lines)), "", *_hidden(lines, pairs)])


def _hidden(lines: Sequence[EvaluatedLine], pairs: Sequence[Pair]) -> Iterator[str]:
    learnt = [pair for pair in pairs if pair.style != "oral"]
    known = {"jje": jeju_words(learnt), "ko": words_of(pair.korean for pair in learnt)}
    yield (
        "| task | system | chrF2 (95 %) | words with ㆍ, F1 | ㆍ right in a right word | endings "
        "| attested words | length |"
    )
    yield "|---|---|---|---|---|---|---|---|"
    signature = ""
    for task in dict.fromkeys(line.task for line in lines):
        chosen = [line for line in lines if line.task == task]
        references = [line.reference for line in chosen]
        by_system = {s: [line.outputs[s] for line in chosen] for s in systems_of(chosen)}
        for system, outputs in (*by_system.items(), ("people", references)):
            inputs = [line.outputs["copy"] for line in chosen]
            quality = quality_of(inputs, outputs, references, known[task.rpartition("-")[2]])
            signature = quality.signature
            yield _row(task, system, quality)
    yield ""
    yield (
        "`people` are the references themselves: no line attests its own words, so their share of "
        "attested words is what the sources can attest at all. Intervals by resampling lines. "
        f"sacreBLEU: {signature}"
    )
    yield ""
    judged = systems_of(lines)[-1]
    yield f"The {WORST} lines of each task with the lowest chrF2 of the {judged}:"
    yield ""
    for task in dict.fromkeys(line.task for line in lines):
        hardest = worst(
            {
                line.id: (line.outputs[judged], line.reference)
                for line in lines
                if line.task == task
            },
            WORST,
        )
        yield f"- {task}: " + ", ".join(f"{name} ({score:.0f})" for name, score in hardest)
    yield ""


def _row(task: str, system: str, quality: Quality) -> str:
    araea = "–" if quality.araea is None else f"{quality.araea:.2f}"
    spelled = "–" if quality.spelled is None else f"{100 * quality.spelled:.0f} %"
    cells = (
        task,
        system,
        f"{quality.chrf:.2f} ({quality.low:.1f}–{quality.high:.1f})",
        araea,
        spelled,
        f"{100 * quality.endings:.0f} %",
        f"{100 * quality.attested:.0f} %",
        f"{quality.length:.2f}",
    )
    return "| " + " | ".join(cells) + " |"
