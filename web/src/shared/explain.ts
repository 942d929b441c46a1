import { ApiError } from "@/shared/api/http";
import type { Locale } from "@/shared/i18n";
import type { Words } from "@/shared/i18n/ko";
import { NotFetched } from "@/shared/pages";

export interface Explanation {
  what: string;
  /** Further lines of the answer: where it was, which field, the cure. */
  details: string[];
}

/** What the page's own sentence says in full: the service's would only repeat it in English. */
const WHOLE = new Set([401, 404]);

/** Whether a sentence is Korean; a Korean file name in an English one makes none. */
function isKorean(text: string): boolean {
  const count = (letters: RegExp) => text.match(letters)?.length ?? 0;
  return count(/[가-힣]/g) * 2 > count(/[a-z]/gi);
}

/** Say what was wrong and what to do, in the service's words where it gave any. */
export function explain(error: unknown, words: Words["error"], locale: Locale): Explanation {
  if (error instanceof NotFetched) return { what: words.notFetched, details: [] };
  if (!(error instanceof ApiError)) return { what: words.unknown, details: [] };
  const told = error.message;
  const known = reasonOf(error, words);
  if (known) return { what: known, details: fileOf(error) };
  // A Korean reader gets a Korean sentence first, whatever language the service answers in.
  const ownFirst = !told || (locale === "ko" && !isKorean(told));
  const what = ownFirst ? byStatus(error.status, words) : told;
  const rest = [ownFirst && !WHOLE.has(error.status) ? told : "", ...lines(error.extra)];
  return { what, details: rest.filter((line, at) => line && !repeats(line, [what, ...rest.slice(0, at)])) };
}

/** The page's own sentence for what the service gives a reason of one word for. */
function reasonOf({ extra }: ApiError, words: Words["error"]): string {
  const { reason, retry_after: seconds } = extra;
  if (reason === "too_many" && typeof seconds === "number") return words.tooMany(seconds);
  const reasons: Record<string, string> = words.reasons;
  return typeof reason === "string" ? (reasons[reason] ?? "") : "";
}

/** The file that was wrong; a recording has no name. */
function fileOf({ extra: { where } }: ApiError): string[] {
  return typeof where === "string" && where.includes(".") ? [where] : [];
}

function repeats(line: string, before: readonly string[]): boolean {
  return before.some((earlier) => earlier.includes(line));
}

function byStatus(status: number, words: Words["error"]): string {
  const known: Record<number, string> = {
    0: words.offline,
    400: words.refused,
    401: words.stranger,
    403: words.forbidden,
    404: words.missing,
    413: words.tooLarge,
    507: words.full,
  };
  return known[status] ?? (status >= 500 ? words.server : words.unknown);
}

/** Every text in `extra`, however deep: field errors are lists in objects. */
function lines(extra: unknown): string[] {
  if (typeof extra === "string") return [extra];
  if (Array.isArray(extra)) return extra.flatMap(lines);
  if (typeof extra === "object" && extra) return Object.values(extra).flatMap(lines);
  return [];
}
