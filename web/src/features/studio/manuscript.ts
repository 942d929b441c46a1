/** What the form checks before anything is sent; the service checks again, and more. */

export const KINDS = [".txt", ".md", ".epub", ".docx", ".hwpx", ".html", ".htm", ".srt", ".vtt"];
export const LARGEST_MB = 256;

/** Letters of Korean that a voice reads in a minute, pauses included. */
const LETTERS_A_MINUTE = 330;

/** What a file is instead, as far as its way out is another. */
export type OtherKind = "hwp" | "pdf" | "word" | "transcript" | "other";

const OTHERS: [OtherKind, RegExp][] = [
  ["hwp", /\.(hwp|hwt|hml)$/i],
  ["pdf", /\.pdf$/i],
  ["word", /\.(doc|docm|dot|dotx|rtf|odt|fodt|wpd)$/i],
  ["transcript", /\.(eaf|textgrid)$/i],
];

export function otherKindOf(name: string): OtherKind {
  return OTHERS.find(([, ending]) => ending.test(name))?.[0] ?? "other";
}

export type FileTrouble = "wrongKind" | "tooLarge" | null;

export function troubleOf(file: Pick<File, "name" | "size">): FileTrouble {
  const name = file.name.toLowerCase();
  if (!KINDS.some((kind) => name.endsWith(kind))) return "wrongKind";
  return file.size > LARGEST_MB * 2 ** 20 ? "tooLarge" : null;
}

/** The first line that says something, as long as a title may be. */
export function titleFrom(text: string): string {
  const line = text.split("\n").find((one) => one.trim()) ?? "";
  const bare = line.replace(/^#+\s*/, "").trim();
  const letters = [...bare];
  return letters.length > 40 ? `${letters.slice(0, 39).join("").trimEnd()}…` : bare;
}

export function lettersIn(text: string): number {
  return [...text.normalize("NFC").replace(/\s/g, "")].length;
}

export function minutesOf(letters: number): number {
  return Math.max(1, Math.round(letters / LETTERS_A_MINUTE));
}
