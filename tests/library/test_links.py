"""Links between two languages, after a sentence was written anew."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from kosorong_library.studio.links import carried

LINKS = [[0, 0, 1.0], [1, 1, 0.9], [2, 2, 0.8]]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("하나 둘 셋", "하나 둘 셋", LINKS),
        ("하나 둘 셋", "하나 두개 셋", [[0, 0, 1.0], [1, 1, 0.45], [2, 2, 0.8]]),
        ("하나 둘 셋", "셋 하나 둘", [[0, 1, 1.0], [1, 2, 0.9]]),
        ("하나 둘 셋", "하나 셋", [[0, 0, 1.0], [2, 1, 0.8]]),
        ("하나 둘 셋", "아주 하나 둘 셋", [[0, 1, 1.0], [1, 2, 0.9], [2, 3, 0.8]]),
        ("하나 둘 셋", "", []),
    ],
)
def test_words_that_stay_keep_their_links_and_others_take_them_over(
    before: str, after: str, expected: list[list[float]]
) -> None:
    assert carried(LINKS, before, after) == expected


def test_a_text_written_wholly_anew_links_every_word_of_both() -> None:
    found = carried(LINKS, "하나 둘 셋", "아주 다른 말 넷 다섯")
    assert {source for source, _, _ in found} == {0, 1, 2}
    assert {target for _, target, _ in found} == {0, 1, 2, 3, 4}


def test_a_word_spelled_with_another_arae_a_is_the_same_word() -> None:
    assert carried([[0, 0, 1.0]], "ᄇᆞ름", "보름") == [[0, 0, 1.0]]


def test_a_corrected_sentence_keeps_the_links_of_its_words(
    api: APIClient, ready: dict[str, Any], segments: list[dict[str, Any]], work: Callable[[], int]
) -> None:
    one = segments[0]
    path = f"/api/books/{ready['id']}/segments/{one['id']}/"
    words = one["text"].split()
    assert one["links"]
    text = " ".join(["ᄒᆞᄊᆞᆯ", *words])
    told = api.patch(path, {"text": text}).json()
    assert [[t, b] for t, b, _ in told["links"]] == [[t + 1, b] for t, b, _ in one["links"]]
    work()
    assert api.get(path).json()["links"] == told["links"]
    assert api.post(f"{path}undo/").json()["links"] == one["links"]
