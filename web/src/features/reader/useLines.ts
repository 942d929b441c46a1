import { useEffect, useMemo, useRef, useState } from "react";
import { readSegments } from "@/shared/api/segments";
import type { Book, Segment } from "@/shared/api/shapes";
import { type Line, toLines } from "./lines";

const RETRY_MS = 3000;
const RESTING_MS = 400;

/** The first page worth asking for again: every page before it is whole and made. */
export function firstOpenPage(pages: readonly Segment[][], hasMore: boolean): number {
  const open = pages.findIndex((page) => page.some((segment) => segment.state === "waiting"));
  if (open >= 0) return open + 1;
  return hasMore ? pages.length + 1 : Math.max(pages.length, 1);
}

/** Asks for segments when told that some changed; what is told meanwhile makes one question more. */
class Feed {
  #pages: Segment[][] = [];
  #hasMore = true;
  #running = false;
  #again = false;
  readonly #leaving = new AbortController();

  constructor(
    readonly bookId: number,
    readonly show: (pages: Segment[][]) => void,
  ) {}

  refresh(): void {
    this.#again = true;
    if (!this.#running) void this.#run();
  }

  /** Ask for everything again: somebody changed sentences that were made already. */
  renew(): void {
    const asked = (segment: Segment): Segment => ({ ...segment, state: "waiting" });
    this.#pages = this.#pages.map((page) => page.map(asked));
    this.refresh();
  }

  close(): void {
    this.#leaving.abort();
  }

  async #run(): Promise<void> {
    this.#running = true;
    while (this.#again && !this.#leaving.signal.aborted) {
      this.#again = false;
      const heard = await this.#ask().catch(() => false);
      if (!heard) this.#again = true;
      await new Promise((resolve) => setTimeout(resolve, heard ? RESTING_MS : RETRY_MS));
    }
    this.#running = false;
  }

  async #ask(): Promise<true> {
    let page = firstOpenPage(this.#pages, this.#hasMore);
    for (let more = true; more; page += 1) {
      const { results, next } = await readSegments(this.bookId, page, this.#leaving.signal);
      const newest = page >= this.#pages.length;
      if (newest) this.#hasMore = next !== null;
      this.#pages = this.#pages.slice();
      this.#pages[page - 1] = results;
      this.show(this.#pages);
      const untouched = results.every((segment) => segment.state === "waiting");
      more = next !== null && (newest || !untouched);
    }
    return true;
  }
}

/**
 * The lines of a book, those added that production finishes while one reads.
 * Whenever `edits` changes, sentences were changed, and all are asked for again.
 */
export function useLines(book: Book, edits: number): readonly Line[] {
  const [pages, setPages] = useState<Segment[][]>([]);
  const feed = useRef<Feed | null>(null);
  const { id, status } = book;
  const { done, total } = book.segments;

  useEffect(() => {
    feed.current = new Feed(id, setPages);
    return () => feed.current?.close();
  }, [id]);
  useEffect(() => {
    feed.current?.refresh();
  }, [id, done, total, status]);
  useEffect(() => {
    if (edits) feed.current?.renew();
  }, [edits]);

  return useMemo(() => toLines(pages.flat()), [pages]);
}
