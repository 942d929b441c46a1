import { describe, expect, it } from "vitest";
import { bare, koreanOf, linkedTo, NO_WORD, placeWords, wordAt, wordAtOffset } from "./words";

const word = (text: string, start_ms: number, end_ms: number) => ({ text, start_ms, end_ms });

describe("placeWords", () => {
  it("keeps every letter of the sentence", () => {
    const text = "“ᄒᆞᆫ저 옵서예!”  ᄒᆞᄊᆞᆯ 쉬엉 갑서.";
    const words = ["ᄒᆞᆫ저", "옵서예", "ᄒᆞᄊᆞᆯ", "쉬엉", "갑서"].map((one) => word(one, 0, 1));
    expect(placeWords(text, words).map((piece) => piece.text).join("")).toBe(text);
  });

  it("gives each printed word its timed word where the counts agree", () => {
    const pieces = placeWords("둘이 갑주.", [word("두리", 0, 1), word("갑쭈", 1, 2)]);
    expect(pieces.filter((piece) => piece.word >= 0)).toEqual([
      { text: "둘이", word: 0 },
      { text: "갑주.", word: 1 },
    ]);
  });

  it("looks words up where the counts differ, and leaves out what is not there", () => {
    const pieces = placeWords("가 나-다", [word("가", 0, 1), word("나", 1, 2), word("다", 2, 3)]);
    expect(pieces.filter((piece) => piece.word >= 0).map((piece) => piece.text)).toEqual(["가", "나", "다"]);
    expect(placeWords("가 나", [word("없음", 0, 1)])).toEqual([{ text: "가 나", word: -1 }]);
  });
});

describe("wordAt", () => {
  const words = [word("가", 100, 300), word("나", 400, 600), word("다", 700, 900)];

  it.each([
    [0, -1],
    [99, -1],
    [100, 0],
    [350, 0],
    [400, 1],
    [5000, 2],
  ])("at %i ms lights word %i", (ms, expected) => {
    expect(wordAt(words, ms)).toBe(expected);
  });

  it("lights nothing where there are no words", () => {
    expect(wordAt([], 10)).toBe(-1);
  });
});

it("linkedTo finds the Korean words of a Jeju word", () => {
  expect([...linkedTo([[0, 1, 1], [0, 2, 0.5], [1, 0, 1]], 0)]).toEqual([1, 2]);
});

describe("wordAtOffset", () => {
  const pieces = placeWords("“ᄒᆞᆫ저 옵서!” 게메.", [
    { text: "ᄒᆞᆫ저", start_ms: 0, end_ms: 1 },
    { text: "옵서", start_ms: 1, end_ms: 2 },
    { text: "게메", start_ms: 2, end_ms: 3 },
  ]);
  it.each([
    [0, 0],
    [3, 0],
    [5, 0],
    [6, 1],
    [8, 1],
    [12, 2],
    [99, 2],
  ])("finds what stands at letter %i", (offset, word) => {
    expect(wordAtOffset(pieces, offset)).toBe(word);
  });
  it("finds nothing where nothing is", () => {
    expect(wordAtOffset([], 0)).toBe(NO_WORD);
  });
});

it("takes the signs off a word", () => {
  expect(bare("“ᄒᆞᆫ저,")).toBe("ᄒᆞᆫ저");
});

it("tells what a word stands for in the Korean sentence", () => {
  expect(koreanOf("어서 와서 쉬세요", [[0, 0, 1], [0, 2, 1]], 0)).toBe("어서 쉬세요");
  expect(koreanOf("어서", [], 0)).toBe("");
});
