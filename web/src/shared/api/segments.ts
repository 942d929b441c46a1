import { request } from "./http";
import type { Page, Segment } from "./shapes";

/** Large enough for few questions, small enough to be asked again for while it is made. */
const PAGE_SIZE = 100;

/** One page of a book's read-along data, in reading order. */
export function readSegments(
  bookId: number,
  page: number,
  signal: AbortSignal,
): Promise<Page<Segment>> {
  const address = `/api/books/${bookId}/segments/?page=${page}&page_size=${PAGE_SIZE}`;
  return request("GET", address, undefined, { signal });
}

const MOST_FOUND = 50;

/** The first sentences of a book that hold every word, in either language. */
export function findSegments(bookId: number, words: string, signal: AbortSignal): Promise<Page<Segment>> {
  const query = new URLSearchParams({ search: words, page_size: String(MOST_FOUND) });
  return request("GET", `/api/books/${bookId}/segments/?${query}`, undefined, { signal });
}
