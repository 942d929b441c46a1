import { request } from "./http";
import { everyRow } from "./pages";
import type { Bookmark, Complaint, Page, Report, Share, Visibility } from "./shapes";

const options = (signal?: AbortSignal) => (signal ? { signal } : {});
const share = (book: number) => `/api/books/${book}/share/`;

export function readShare(book: number, signal?: AbortSignal): Promise<Share> {
  return request("GET", share(book), undefined, options(signal));
}

export function saveShare(
  book: number,
  fields: { visibility: Visibility; licence: string; attribution: string },
): Promise<Share> {
  return request("PUT", share(book), fields);
}

/** Make another link; the one before opens nothing any more. */
export function renewLink(book: number): Promise<Share> {
  return request("POST", share(book), {});
}

/** Open the book of a link, for as long as this session lasts. */
export function openLink(key: string): Promise<{ book: number }> {
  return request("POST", "/api/shared/", { key });
}

export function reportBook(book: number, reason: Complaint, words: string): Promise<unknown> {
  return request("POST", `/api/books/${book}/report/`, { reason, words });
}

/** Reports that nobody has looked at yet, or the others; the newest fifty. */
export function listReports(state: "open" | "closed", signal?: AbortSignal): Promise<Page<Report>> {
  return request("GET", `/api/reports/?state=${state}`, undefined, options(signal));
}

export function closeReport(id: number): Promise<void> {
  return request("DELETE", `/api/reports/${id}/`);
}

export function takeDown(book: number, why: string): Promise<void> {
  return request("PUT", `/api/books/${book}/takedown/`, { why });
}

/** Let the owner of a book that was taken down show it again. */
export function putBack(book: number): Promise<void> {
  return request("DELETE", `/api/books/${book}/takedown/`);
}

export function listBookmarks(book: number, signal?: AbortSignal): Promise<Bookmark[]> {
  return everyRow(`/api/books/${book}/bookmarks/`, signal);
}

export function saveBookmark(book: number, segment: number, note: string): Promise<Bookmark> {
  return request("POST", `/api/books/${book}/bookmarks/`, { segment, note });
}

export function removeBookmark(book: number, id: number): Promise<void> {
  return request("DELETE", `/api/books/${book}/bookmarks/${id}/`);
}
