import { useCallback, useEffect, useState } from "react";
import { listBooks, type ShelfName, type Sought } from "@/shared/api/books";
import { isUnderWay } from "@/shared/api/events";
import type { BookLine } from "@/shared/api/shapes";
import { useWhenBack } from "@/shared/useWhenBack";

const TYPING_MS = 250;
const MAKING_MS = 2500;

export interface Library {
  books: readonly BookLine[] | null;
  count: number;
  error: unknown;
  more: boolean;
  showMore: () => void;
  reload: () => void;
}

/** The books of a shelf that are sought; asked again while one is being made. */
export function useLibrary(sought: Sought, shelf: ShelfName): Library {
  const [found, setFound] = useState<{ books: BookLine[]; count: number; more: boolean } | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [pages, setPages] = useState(1);
  const [asked, setAsked] = useState(0);
  const reload = useCallback(() => {
    setAsked((times) => times + 1);
  }, []);

  const { search, language, state, licence, tag, series, order } = sought;
  useEffect(() => {
    const wanted = { search, language, state, licence, tag, series, order };
    const leaving = new AbortController();
    const ask = async () => {
      const books: BookLine[] = [];
      for (let page = 1; page <= pages; page += 1) {
        const answer = await listBooks(wanted, page, leaving.signal, shelf);
        books.push(...answer.results);
        const more = answer.next !== null;
        if (!more || page === pages) setFound({ books, count: answer.count, more });
        if (!more) break;
      }
      setError(null);
    };
    const wait = window.setTimeout(
      () => {
        ask().catch((reason: unknown) => {
          if (!leaving.signal.aborted) setError(reason);
        });
      },
      search ? TYPING_MS : 0,
    );
    return () => {
      leaving.abort();
      window.clearTimeout(wait);
    };
  }, [search, language, state, licence, tag, series, order, shelf, pages, asked]);

  useWhenBack(error !== null, reload);

  const making = found?.books.some((book) => isUnderWay(book.status)) ?? false;
  useEffect(() => {
    if (!making) return;
    const timer = window.setInterval(reload, MAKING_MS);
    return () => {
      window.clearInterval(timer);
    };
  }, [making, reload]);

  return {
    books: found?.books ?? null,
    count: found?.count ?? 0,
    error,
    more: found?.more ?? false,
    showMore: () => {
      setPages(pages + 1);
    },
    reload,
  };
}
