import { request } from "./http";
import type { Book, BookLine, Foreign, Language, Page, Spelling, Voice } from "./shapes";
import type { Preview } from "./sourceShapes";

export interface NewBook {
  title?: string;
  /** Told by the text where it is left out. */
  language?: Language;
  text?: string;
  file?: File;
  /** Its owner reads it: nothing is spoken before a recording is sent. */
  narrated?: boolean;
  /** The service's own choice where empty. */
  voice?: string;
  spelling?: Spelling;
  /** What becomes of foreign sentences; a book of mostly such ones is refused where it is left out. */
  foreign?: Foreign;
  /** Chapters to read besides, and not to read, by number: 1,4-6. */
  include?: string;
  leave_out?: string;
}

const book = (id: number) => `/api/books/${id}/`;

/** One's own books, those whose links were opened here, or those that everybody may read. */
export type ShelfName = "mine" | "shared" | "public";

/** One page of the library, newest first. */
export function listBooks(
  search = "",
  page = 1,
  signal?: AbortSignal,
  shelf: ShelfName = "mine",
): Promise<Page<BookLine>> {
  const query = new URLSearchParams({ page: String(page), shelf });
  if (search) query.set("search", search);
  return request("GET", `/api/books/?${query}`, undefined, signal ? { signal } : {});
}

export function readBook(id: number, signal?: AbortSignal): Promise<Book> {
  return request("GET", `${book(id)}?brief=1`, undefined, signal ? { signal } : {});
}

/** Hand in a text or a file; production starts in the background. */
export function createBook(wanted: NewBook): Promise<Book> {
  return request("POST", "/api/books/", bodyOf(wanted));
}

/** What would become of a text or a file; nothing is made or kept. */
export function previewBook(wanted: NewBook, signal: AbortSignal): Promise<Preview> {
  return request("POST", "/api/books/preview/", bodyOf(wanted), { signal });
}

function bodyOf({ file, text, ...fields }: NewBook): object {
  if (!file) return { ...fields, text: text ?? "" };
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) if (value) form.set(name, String(value));
  form.set("file", file);
  return form;
}

export function deleteBook(id: number): Promise<void> {
  return request("DELETE", book(id));
}

/** Start, go on or retry. */
export function produceBook(id: number): Promise<Book> {
  return request("POST", `${book(id)}produce/`, {});
}

export function pauseBook(id: number): Promise<Book> {
  return request("POST", `${book(id)}pause/`, {});
}

export function cancelBook(id: number): Promise<Book> {
  return request("POST", `${book(id)}cancel/`, {});
}

/** Who can read a book aloud. */
export async function readVoices(signal: AbortSignal): Promise<Voice[]> {
  const { voices } = await request<{ voices: Voice[] }>("GET", "/api/voices/", undefined, { signal });
  return voices;
}
