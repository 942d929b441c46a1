import type { Link, Word } from "@/shared/api/shapes";

/** A stretch of a sentence: a word with times (by number) or what stands between words. */
export interface Piece {
  text: string;
  word: number;
}

export const NO_WORD = -1;

/** Find the timed words in the sentence as printed, signs and all. */
export function placeWords(text: string, words: readonly Word[]): Piece[] {
  const tokens = text.split(/(\s+)/).filter(Boolean);
  const printed = tokens.filter((token) => token.trim());
  if (printed.length === words.length) return byToken(tokens);
  return bySearch(text, words);
}

/** A text as words, numbered as links count them, and what stands between. */
export function wordsOf(text: string): Piece[] {
  return byToken(text.split(/(\s+)/).filter(Boolean));
}

function byToken(tokens: readonly string[]): Piece[] {
  let word = 0;
  return tokens.map((token) => ({ text: token, word: token.trim() ? word++ : NO_WORD }));
}

function bySearch(text: string, words: readonly Word[]): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  words.forEach(({ text: spoken }, word) => {
    const at = spoken ? text.indexOf(spoken, from) : -1;
    if (at < 0) return;
    if (at > from) pieces.push({ text: text.slice(from, at), word: NO_WORD });
    pieces.push({ text: spoken, word });
    from = at + spoken.length;
  });
  if (from < text.length) pieces.push({ text: text.slice(from), word: NO_WORD });
  return pieces;
}

/** The word that a letter of the sentence belongs to, or stands after; NO_WORD where there is none. */
export function wordAtOffset(pieces: readonly Piece[], offset: number): number {
  let end = 0;
  let before = NO_WORD;
  for (const { text, word } of pieces) {
    end += text.length;
    // Whoever presses the far half of a last letter means the word, not the gap behind it.
    before = word === NO_WORD ? before : word;
    if (offset < end && before !== NO_WORD) return before;
  }
  return before;
}

/** A word without the signs around it, as dictionaries have it. */
export function bare(word: string): string {
  return word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "");
}

/** The word heard at a time: a word stays lit until the next one begins. */
export function wordAt(words: readonly Word[], ms: number): number {
  let low = 0;
  let high = words.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((words[middle]?.start_ms ?? Infinity) <= ms) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** What a Jeju word stands for in the Korean sentence, "" where nobody knows. */
export function koreanOf(korean: string, links: readonly Link[], word: number): string {
  const sources = linkedTo(links, word);
  return wordsOf(korean)
    .filter((piece) => sources.has(piece.word))
    .map(({ text }) => text)
    .join(" ");
}

/** The Korean words that a Jeju word stands for. */
export function linkedTo(links: readonly Link[], word: number): ReadonlySet<number> {
  return new Set(links.filter(([text]) => text === word).map(([, beside]) => beside));
}
