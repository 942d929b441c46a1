import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { BLOCK } from "@/shared/api/segments";
import type { Book } from "@/shared/api/shapes";
import { blocksOf, Feed, joined, type Lines } from "./feed";
import type { Line } from "./lines";

export interface Known {
  lines: Lines;
  /** Somebody sees the lines from one position up to another, and hears the one at `index`. */
  want: (from: number, to: number, index: number) => void;
}

/** Sentences after the one that is heard, so that its sound is there in time. */
const AHEAD = 3;
const NONE: ReadonlyMap<number, readonly Line[]> = new Map();

/**
 * The lines of a book near where one reads, those added that production finishes meanwhile.
 * Whenever `edits` changes, sentences were changed, and all are asked for again.
 */
export function useLines(book: Book, edits: number): Known {
  const [blocks, setBlocks] = useState(NONE);
  const feed = useRef<Feed | null>(null);
  const wanted = useRef<readonly number[]>([]);
  const { id, status } = book;
  const { done, total } = book.segments;

  useEffect(() => {
    feed.current = new Feed(id, setBlocks);
    feed.current.want(wanted.current);
    return () => feed.current?.close();
  }, [id]);
  useEffect(() => {
    feed.current?.refresh();
  }, [id, done, total, status]);
  useEffect(() => {
    if (edits) feed.current?.renew();
  }, [edits]);

  const want = useCallback((from: number, to: number, index: number) => {
    const blocks = [...blocksOf(index, index + AHEAD), ...blocksOf(from, to)];
    wanted.current = [...new Set(blocks)].filter((block) => block * BLOCK < Math.max(total, 1));
    feed.current?.want(wanted.current);
  }, [total]);
  const lines = useMemo(() => joined(blocks, total), [blocks, total]);
  return { lines, want };
}
