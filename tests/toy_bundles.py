"""Bundles of both kinds, made in a moment: their models know nothing, their rules a little."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from kosorong.bundle import Bundle, BundleInfo, write_bundle
from kosorong.ports import JEJU, KOREAN
from kosorong.text.letters.hangul import nfd
from kosorong.translation.lexemes import Lexeme
from kosorong.translation.prompt import TAGS
from kosorong.translation.tables import RulePart, RuleTable, dump_tables
from kosorong.translation.tokenizer import JamoTokenizer
from kosorong.translation.transducer import JJE_KO, KO_JJE


def _ends(*pairs: tuple[str, str]) -> dict[str, RulePart]:
    return {nfd(a): RulePart(nfd(b), 0.9, "ending") for a, b in pairs}


TABLES = {
    JEJU: RuleTable(
        phrases={"어서": RulePart("ᄒᆞᆫ저", 0.9)}, ends=_ends(("", ""), ("습니다", "수다"))
    ),
    KOREAN: RuleTable(
        phrases={"ᄒᆞᆫ저": RulePart("어서", 0.9)}, ends=_ends(("", ""), ("수다", "습니다"))
    ),
}


_LEXEMES = (("먹", "먹", "v"), ("바다", "바당", "n"), ("만나", "만나", "v"))
GRAMMAR_TABLES = {
    JEJU: RuleTable(
        way=KO_JJE,
        lexemes=tuple(Lexeme(nfd(k), nfd(j), pos, 0.9) for k, j, pos in _LEXEMES),
    ),
    KOREAN: RuleTable(
        way=JJE_KO,
        lexemes=tuple(Lexeme(nfd(j), nfd(k), pos, 0.9) for k, j, pos in _LEXEMES),
    ),
}
"""Tables that know stems and nouns, and their endings by the grammar alone."""


def make_toy_translator(
    folder: Path, scratch: Path, tables: Mapping[str, RuleTable] = TABLES
) -> Bundle:
    """Write a translator whose model is untrained, so that its checks must catch every output.

    Args:
        folder: Of the bundle.
        scratch: An empty folder.
        tables: Its rules.
    """
    import torch

    from kosorong.training.translation.export import save_weights
    from kosorong.training.translation.model import ModelConfig, Transformer

    torch.manual_seed(3)
    letters = "".join(map(chr, (*range(33, 127), *range(0x1100, 0x1200))))
    tokenizer = JamoTokenizer(letters, tags=TAGS)
    model = Transformer(ModelConfig(16, 2, 16, 1, 1), len(tokenizer.vocabulary)).eval()
    save_weights(model, tokenizer.vocabulary, scratch)
    files: dict[str, Path | bytes] = {f"ct2/{f.name}": f for f in scratch.iterdir()}
    files["tokenizer.json"] = tokenizer.to_json().encode()
    files["rules.json"] = dump_tables(tables).encode()
    info = BundleInfo("translator", "untrained", (KOREAN, JEJU), "CC0-1.0", "nobody")
    return write_bundle(folder, info, files, "")
