"""A toy corpus of the tests' own: a few sentences, put together from parts."""

from __future__ import annotations

from kosorong.training.common.experiment import LoopConfig
from kosorong.training.common.schedule import Schedule
from kosorong.training.corpora.parallel import Pair
from kosorong.training.translation.model import ModelConfig
from kosorong.training.translation.recipe import Phase, TranslationRecipe

PLACES = [("바다에", "바당에"), ("집에", "집이"), ("밭에", "밧디"), ("산에", "산에")]
DEEDS = [
    ("갑니다.", "감수다."),
    ("가면서 웃습니다.", "가멍 웃엄수다."),
    ("사람이 많습니다.", "사ᄅᆞᆷ이 하우다."),
    ("말이 있습니다.", "ᄆᆞᆯ이 잇수다."),
    ("어서 오십시오.", "ᄒᆞᆫ저 옵서."),
]


def toy_pairs() -> list[Pair]:
    sentences = [
        Pair(
            f"toy-{n}-{m}", f"{place} {deed}", f"{jplace} {jdeed}", "dialogue", "araea", f"toy-{n}"
        )
        for n, (place, jplace) in enumerate(PLACES)
        for m, (deed, jdeed) in enumerate(DEEDS)
    ]
    printed = [
        Pair("ex-1", "사람이 갑니다.", "사롬이 감수다.", "example", "lost", "ex-1"),
        Pair("ex-2", "사랑하면서 산다.", "사랑허멍 산다.", "example", "lost", "ex-2"),
    ]
    words = [
        Pair("w-1", "바다", "바당", "lexicon", "araea", "w-1"),
        Pair("w-2", "사람", "사ᄅᆞᆷ", "lexicon", "araea", "w-2"),
    ]
    return [*sentences, *printed, *words]


MONO = [("daily", f"{place} {deed}") for place, _ in PLACES for deed, _ in DEEDS]


def toy_recipe(steps: int = 8) -> TranslationRecipe:
    return TranslationRecipe(
        model=ModelConfig(32, 4, 48, 2, 1, dropout=0.1, longest=128),
        loop=LoopConfig(
            steps=steps,
            schedule=Schedule(peak=3e-3, warmup=4),
            precision="fp32",
            validate_every=1_000,
            draw_every=10_000,
            ema_decay=0.5,
        ),
        phases=(Phase(1.0, dialogue=1.0, sentence=0.2, lexicon=0.2, synthetic=0.5),),
        vocabulary=520,
        letters=600,
        parts=2,
        synthetic=10,
    )
