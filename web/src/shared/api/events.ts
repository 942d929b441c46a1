import { readBook } from "./books";
import type { Book, BookStatus, Progress } from "./shapes";

const POLL_MS = 2000;
/** Streams end now and then and come again by themselves; this many in vain are too many. */
const MOST_FAILURES = 3;

export const isUnderWay = (status: BookStatus) => status === "queued" || status === "producing";

/**
 * Follow a book's production: server-sent events, and polling where they do not come
 * through (old proxies hold them back). Returns the function that stops it.
 */
export function followProduction(bookId: number, tell: (progress: Progress) => void): () => void {
  let stopPolling: (() => void) | null = null;
  const fallBack = () => {
    stopPolling ??= poll(bookId, tell);
  };
  const stopListening = listen(bookId, tell, fallBack);
  return () => {
    stopListening();
    stopPolling?.();
  };
}

function listen(
  bookId: number,
  tell: (progress: Progress) => void,
  fallBack: () => void,
): () => void {
  if (typeof EventSource === "undefined") {
    fallBack();
    return () => undefined;
  }
  const source = new EventSource(`/api/books/${bookId}/events/`);
  let failures = 0;
  source.addEventListener("progress", (event: MessageEvent<string>) => {
    failures = 0;
    const progress = JSON.parse(event.data) as Progress;
    if (!isUnderWay(progress.status)) source.close();
    tell(progress);
  });
  source.addEventListener("error", () => {
    failures += 1;
    if (source.readyState !== EventSource.CLOSED && failures < MOST_FAILURES) return;
    source.close();
    fallBack();
  });
  return () => {
    source.close();
  };
}

function poll(bookId: number, tell: (progress: Progress) => void): () => void {
  const leaving = new AbortController();
  let timer = 0;
  const ask = async () => {
    try {
      const book = await readBook(bookId, leaving.signal);
      tell(progressOf(book));
      if (!isUnderWay(book.status)) return;
    } catch {
      // The service may be restarting: the next question finds out.
    }
    if (!leaving.signal.aborted) timer = window.setTimeout(() => void ask(), POLL_MS);
  };
  void ask();
  return () => {
    leaving.abort();
    window.clearTimeout(timer);
  };
}

function progressOf({ status, seconds_left, problem, segments }: Book): Progress {
  return { status, seconds_left, problem, ...segments };
}
