import { useEffect, useMemo, useRef, useState } from "react";
import { readSegments } from "@/shared/api/segments";
import type { Book, Segment } from "@/shared/api/shapes";
import { type Line, toLines } from "./lines";

const RETRY_MS = 3000;
const RESTING_MS = 700;

/** The first page worth asking for again: every page before it is whole and made. */
export function firstOpenPage(pages: readonly Segment[][], hasMore: boolean): number {
  const open = pages.findIndex((page) => page.some((segment) => segment.state === "waiting"));
  if (open >= 0) return open + 1;
  return hasMore ? pages.length + 1 : Math.max(pages.length, 1);
}

/** The lines of a book, those added that production finishes while one reads. */
export function useLines(book: Book): readonly Line[] {
  const [pages, setPages] = useState<Segment[][]>([]);
  const known = useRef({ pages, hasMore: true });
  const { id, status } = book;
  const { done, total } = book.segments;

  useEffect(() => {
    const leaving = new AbortController();
    const take = (page: number, results: Segment[], hasMore: boolean) => {
      const next = known.current.pages.slice();
      next[page - 1] = results;
      known.current = { pages: next, hasMore };
      setPages(next);
    };
    const refresh = async () => {
      let page = firstOpenPage(known.current.pages, known.current.hasMore);
      for (let more = true; more; page += 1) {
        const { results, next } = await readSegments(id, page, leaving.signal);
        const seen = known.current.pages.length;
        take(page, results, page >= seen ? next !== null : known.current.hasMore);
        const untouched = results.every((segment) => segment.state === "waiting");
        more = next !== null && (page >= seen || !untouched);
      }
    };
    let timer = 0;
    const attempt = () => {
      refresh().catch(() => {
        if (!leaving.signal.aborted) timer = window.setTimeout(attempt, RETRY_MS);
      });
    };
    // The first time at once; later, several finished segments make one question.
    timer = window.setTimeout(attempt, known.current.pages.length ? RESTING_MS : 0);
    return () => {
      leaving.abort();
      window.clearTimeout(timer);
    };
  }, [id, done, total, status]);

  return useMemo(() => toLines(pages.flat()), [pages]);
}
