from __future__ import annotations

from kosorong.training.translation.bpe import learn_tokenizer


def test_the_commonest_pairs_are_merged_first_and_the_size_is_kept() -> None:
    texts = ["갑니다 옵니다 합니다"] * 3 + ["바당"]
    base = len(learn_tokenizer(texts, 0).vocabulary)
    tokenizer = learn_tokenizer(texts, base + 6, ("<t>",))
    assert len(tokenizer.vocabulary) == base + 6
    assert len(tokenizer.encode("니다")) < len(tokenizer.encode("바당"))


def test_learning_is_repeatable_and_rare_pairs_stay_apart() -> None:
    texts = ["ᄒᆞᆫ저 옵서", "바당"]
    assert learn_tokenizer(texts, 2_000).merges == learn_tokenizer(texts[::-1], 2_000).merges == ()


def test_letters_outside_the_alphabet_are_never_merged() -> None:
    tokenizer = learn_tokenizer(["海海 海海"] * 9, 2_000)
    assert tokenizer.merges == ()
    assert tokenizer.decode(tokenizer.encode("海")) == "海"
