import { useCallback, useEffect, useState } from "react";
import { readBook } from "@/shared/api/books";
import { followProduction, isUnderWay } from "@/shared/api/events";
import type { Book, Progress } from "@/shared/api/shapes";
import { useWhenBack } from "./useWhenBack";

export interface LiveBook {
  book: Book | null;
  error: unknown;
  reload: () => void;
  /** Take a newer answer of the service, such as that of a pause. */
  replace: (book: Book) => void;
}

/** A book that keeps itself up to date while it is being made, across reloads too. */
export function useLiveBook(id: number): LiveBook {
  const [book, setBook] = useState<Book | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [asked, setAsked] = useState(0);
  const reload = useCallback(() => {
    setError(null);
    setAsked((count) => count + 1);
  }, []);

  useEffect(() => {
    const leaving = new AbortController();
    readBook(id, leaving.signal).then(setBook, (reason: unknown) => {
      if (!leaving.signal.aborted) setError(reason);
    });
    return () => {
      leaving.abort();
    };
  }, [id, asked]);

  const following = book !== null && isUnderWay(book.status);
  useEffect(() => {
    if (!following) return;
    return followProduction(id, (progress) => {
      setBook((known) => known && merge(known, progress));
      // What else a book tells when it comes to rest is not in the events.
      if (!isUnderWay(progress.status)) reload();
    });
  }, [id, following, reload]);

  useWhenBack(error !== null, reload);
  return { book, error, reload, replace: setBook };
}

function merge(book: Book, progress: Progress): Book {
  const { status, seconds_left, problem, total, done, failed } = progress;
  return { ...book, status, seconds_left, problem, segments: { total, done, failed } };
}
