/**
 * Arae-a as one types it: letters that no keyboard joins become one block at once. What is sent is
 * read by the service in any spelling; this is for the eye of whoever writes.
 */

const ONSETS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
const CODAS = "ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ";
const VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ";
/** Codas of two letters, by both. */
const CLUSTERS: Record<string, string> = {
  ㄱㅅ: "ㄳ", ㄴㅈ: "ㄵ", ㄴㅎ: "ㄶ", ㄹㄱ: "ㄺ", ㄹㅁ: "ㄻ", ㄹㅂ: "ㄼ", ㄹㅅ: "ㄽ", ㄹㅌ: "ㄾ", ㄹㅍ: "ㄿ", ㄹㅎ: "ㅀ", ㅂㅅ: "ㅄ",
};
const PARTS = Object.fromEntries(Object.entries(CLUSTERS).map(([both, one]) => [one, both]));

const ARAEA = "\u119e";
const DOUBLE_ARAEA = "\u11a2";
/** Arae-a as keyboards have it, and as blocks do. */
const TYPED = "[\u318d\u119e\u11a2]";

const onset = (letter: string) => String.fromCharCode(0x1100 + ONSETS.indexOf(letter));
const coda = (letter: string) => String.fromCharCode(0x11a8 + CODAS.indexOf(letter));
const letterOf = (jamo: string) => CODAS[jamo.charCodeAt(0) - 0x11a8] ?? "";
const syllable = (first: string, vowel: string) =>
  String.fromCharCode(0xac00 + (ONSETS.indexOf(first) * 21 + VOWELS.indexOf(vowel)) * 28);

const BEGINNING = new RegExp(`([${ONSETS}])(${TYPED}{1,2})`, "gu");
const TWICE = new RegExp(`([\\u1100-\\u1112])${ARAEA}[\\u318d\\u119e]`, "gu");
const ENDING = new RegExp(`([\\u1100-\\u1112][${ARAEA}${DOUBLE_ARAEA}])([${CODAS}])(?![${VOWELS}\\u318d])`, "gu");
const CLUSTER = new RegExp(`([\\u1100-\\u1112][${ARAEA}${DOUBLE_ARAEA}])([\\u11a8-\\u11c2])([${CODAS}])(?![${VOWELS}\\u318d])`, "gu");
const MOVED = new RegExp(`([\\u1100-\\u1112][${ARAEA}${DOUBLE_ARAEA}])([\\u11a8-\\u11c2])([${VOWELS}]|${TYPED})`, "gu");

/**
 * A text with its arae-a joined to blocks: ㅎㆍㄴ is ᄒᆞᆫ. A last consonant moves on to the vowel that
 * follows it, as in every keyboard for Korean.
 */
export function joined(text: string): string {
  return text
    .replace(MOVED, (all: string, block: string, end: string, vowel: string) => moved(block, end, vowel) ?? all)
    .replace(BEGINNING, (_, first: string, vowel: string) => onset(first) + vowelOf(vowel))
    .replace(TWICE, (_, first: string) => first + DOUBLE_ARAEA)
    .replace(ENDING, (_, block: string, last: string) => block + coda(last))
    .replace(CLUSTER, (all: string, block: string, end: string, last: string) => {
      const both = CLUSTERS[letterOf(end) + last];
      return both ? block + coda(both) : all;
    });
}

function vowelOf(typed: string): string {
  return typed.length > 1 || typed === DOUBLE_ARAEA ? DOUBLE_ARAEA : ARAEA;
}

function moved(block: string, end: string, vowel: string): string | null {
  const letters = PARTS[letterOf(end)] ?? letterOf(end);
  const last = letters.at(-1) ?? "";
  if (!ONSETS.includes(last)) return null;
  const rest = letters.length > 1 ? coda(letters[0] ?? "") : "";
  const next = VOWELS.includes(vowel) ? syllable(last, vowel) : onset(last) + vowelOf(vowel);
  return block + rest + next;
}
