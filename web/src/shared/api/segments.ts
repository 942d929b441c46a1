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
