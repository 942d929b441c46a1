import { request } from "./http";
import type { Lengths, Page, Segment } from "./shapes";

/** Sentences of one question: more than a screen shows, few enough to be asked for again. */
export const BLOCK = 200;

/** Read-along data from a position on, in reading order: a block, and the one after it. */
export function readSegments(
  bookId: number,
  start: number,
  signal: AbortSignal,
): Promise<Page<Segment>> {
  const address = `/api/books/${bookId}/segments/?start=${start}&page_size=${BLOCK + 1}&brief=1`;
  return request("GET", address, undefined, { signal });
}

/** How long each sentence of a book sounds. */
export function readLengths(bookId: number, signal: AbortSignal): Promise<Lengths> {
  return request("GET", `/api/books/${bookId}/timeline/`, undefined, { signal });
}

const MOST_FOUND = 50;

/** The first sentences of a book that hold every word, in either language. */
export function findSegments(bookId: number, words: string, signal: AbortSignal): Promise<Page<Segment>> {
  const query = new URLSearchParams({ search: words, page_size: String(MOST_FOUND), brief: "1" });
  return request("GET", `/api/books/${bookId}/segments/?${query}`, undefined, { signal });
}
