import { request } from "./http";
import type { Book, BookLine, Foreign, Language, Page, Spelling, Voice } from "./shapes";
import type { Choices, Cost, Preview } from "./sourceShapes";

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
  /** The source's where it is left out. */
  author?: string;
  /** From Korean, 0, to full Jeju, 1. */
  strength?: number;
  /** 1 is the voice's own pace. */
  speed?: number;
  /** What becomes of foreign sentences; a book of mostly such ones is refused where it is left out. */
  foreign?: Foreign;
  /** Chapters to read besides, and not to read, by number: 1,4-6. */
  include?: string;
  leave_out?: string;
}

const book = (id: number) => `/api/books/${id}/`;

/** One's own books, those whose links were opened here, or those that everybody may read. */
export type ShelfName = "mine" | "shared" | "public";

export const STATES = ["done", "making", "resting"] as const;
export const ORDERS = ["newest", "oldest", "title", "author"] as const;

/** What is looked for on a shelf; everything where "". */
export interface Sought {
  search: string;
  language: string;
  state: string;
  licence: string;
  tag: string;
  series: string;
  order: string;
}

/** One page of the library, newest first where no order is named. */
export function listBooks(
  sought: Sought,
  page: number,
  signal: AbortSignal,
  shelf: ShelfName,
): Promise<Page<BookLine>> {
  const query = new URLSearchParams({ page: String(page), shelf });
  for (const [name, value] of Object.entries(sought)) if (value) query.set(name, String(value));
  return request("GET", `/api/books/?${query}`, undefined, signal ? { signal } : {});
}

const MOST_BEGUN = 3;

/** Books that somebody has begun to hear and not finished, the last first. */
export async function listBegun(signal: AbortSignal): Promise<BookLine[]> {
  const address = `/api/books/?shelf=begun&page_size=${MOST_BEGUN}`;
  return (await request<Page<BookLine>>("GET", address, undefined, { signal })).results;
}

/** What the books of a shelf can be looked through by. */
export function readChoices(shelf: ShelfName, signal: AbortSignal): Promise<Choices> {
  return request("GET", `/api/books/choices/?shelf=${shelf}`, undefined, { signal });
}

/** What can be said of a book, and how it can be made. */
export type BookChange = Partial<
  Pick<Book, "title" | "author" | "narrator" | "description" | "tags" | "series" | "series_number"> &
    Pick<Book, "voice" | "spelling" | "strength" | "speed">
>;

/** Change a book; what that touches is made again. */
export function changeBook(id: number, change: BookChange): Promise<Book> {
  return request("PATCH", `${book(id)}?brief=1`, change);
}

/** What a change would make again. */
export function costOf(id: number, change: BookChange, signal: AbortSignal): Promise<Cost> {
  return request("POST", `${book(id)}cost/`, change, { signal });
}

export function putCover(id: number, picture: File): Promise<void> {
  const form = new FormData();
  form.set("cover", picture);
  return request("PUT", `${book(id)}cover/`, form);
}

/** Take a cover away; another one is drawn. */
export function dropCover(id: number): Promise<void> {
  return request("DELETE", `${book(id)}cover/`);
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
  for (const [name, value] of Object.entries(fields)) if (value || value === 0) form.set(name, String(value));
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
