import type { RefObject } from "react";
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { BLOCK } from "@/shared/api/segments";
import type { ShownChapter } from "./chapters";
import type { Lines } from "./feed";
import type { Player } from "./player";

/** Sentences that stand in the page at once; a chapter with no more than that stands in it whole. */
const MOST = 100;
const STEP = 50;
const BEFORE = 35;
const NEAR = 20;
/** How far from the edge of what stands in the page more is put there. */
const EDGE_PX = 900;
const LINE_PX = 90;

export interface Shown {
  /** Numbers of the first sentence in the page and of that after the last. */
  from: number;
  to: number;
  /** Heights of what is left out, pixels. */
  above: number;
  below: number;
}

interface Kept extends Shown {
  chapter: number;
}

interface Anchor {
  index: number;
  top: number;
}

/** The part of a chapter that one question brings, unless it ends too near what one looks at. */
function brought({ first, end }: ShownChapter, index: number): [number, number] {
  const block = index - (index % BLOCK);
  const low = index - block < NEAR ? first : Math.max(first, block);
  const high = block + BLOCK - index < NEAR ? end : Math.min(end, block + BLOCK);
  return high - low < MOST ? [first, end] : [low, high];
}

/** The sentences of a chapter around one of them. */
export function around(chapter: ShownChapter, index: number, each = LINE_PX, opening = false): Kept {
  const { id, first, end } = chapter;
  const whole = end - first <= MOST;
  const [low, high] = opening ? brought(chapter, index) : [first, end];
  const from = whole ? first : Math.min(Math.max(index - BEFORE, low), high - MOST);
  const to = whole ? end : from + MOST;
  return { chapter: id, from, to, above: (from - first) * each, below: (end - to) * each };
}

const NOTHING: Shown = { from: 0, to: 0, above: 0, below: 0 };

/**
 * Which sentences of a long chapter stand in the page: those near what one looks at. What one looks
 * at stays where it is when others come and go, and when `look` (letters, columns) changes.
 */
export function useWindow(
  chapter: ShownChapter | undefined,
  lines: Lines,
  player: Player,
  text: RefObject<HTMLElement | null>,
  look: string,
  away: boolean,
) {
  const [kept, setKept] = useState<Kept | null>(null);
  const each = useRef(LINE_PX);
  const anchor = useRef<Anchor | null>(null);
  // Where one is being brought: until its text is there, where one stands means nothing.
  const target = useRef<number | null>(null);
  const stale = !kept || kept.chapter !== chapter?.id || kept.to > chapter.end;
  const shown: Kept | null = chapter ? (stale ? around(chapter, player.spot.get().index, LINE_PX, true) : kept) : null;
  const { from, to } = shown ?? NOTHING;

  const move = useCallback(
    (index: number) => {
      if (!chapter) return;
      anchor.current = seen(text);
      setKept(around(chapter, index, each.current));
    },
    [chapter, text],
  );

  useLayoutEffect(() => {
    const before = anchor.current;
    const now = before && sentence(text.current, before.index)?.getBoundingClientRect().top;
    if (before && now !== undefined && now !== null && now !== before.top) window.scrollBy(0, now - before.top);
    each.current = heightOf(text.current, to - from) || each.current;
  }, [from, to, lines, look, text]);

  useEffect(() => {
    if (away) return undefined;
    let frame = 0;
    const check = () => {
      frame = 0;
      if (target.current !== null) {
        if (sentence(text.current, target.current)) target.current = null;
        return;
      }
      anchor.current = seen(text);
      const next = chapter && wanted(text.current, { from, to }, chapter, each.current);
      if (next !== null && next !== undefined) move(next);
    };
    const scrolled = () => {
      frame ||= requestAnimationFrame(check);
    };
    const free = () => {
      target.current = null;
    };
    scrolled();
    window.addEventListener("scroll", scrolled, { passive: true });
    for (const kind of ["wheel", "touchmove"]) window.addEventListener(kind, free, { passive: true });
    return () => {
      cancelAnimationFrame(frame);
      for (const kind of ["wheel", "touchmove"]) window.removeEventListener(kind, free);
      window.removeEventListener("scroll", scrolled);
    };
  }, [chapter, from, to, move, text, away]);

  const reveal = useCallback(
    (index: number) => {
      if (index < from || index >= to) {
        move(index);
        anchor.current = null;
        target.current = index;
      }
    },
    [from, to, move],
  );
  return { shown: shown ?? NOTHING, reveal };
}

function sentence(text: HTMLElement | null, index: number): Element | null {
  return text?.querySelector(`[data-segment="${index}"]`) ?? null;
}

/** The first sentence that one sees, and where it stands. */
function seen({ current: text }: RefObject<HTMLElement | null>): Anchor | null {
  for (const one of text?.querySelectorAll<HTMLElement>("[data-segment]") ?? []) {
    const { top, bottom } = one.getBoundingClientRect();
    if (bottom > 0) return { index: Number(one.dataset.segment), top };
  }
  return null;
}

function heightOf(text: HTMLElement | null, count: number): number {
  const all = text?.querySelectorAll("[data-segment]");
  const [first, last] = [all?.[0], all?.[all.length - 1]];
  if (!first || !last || !count) return 0;
  return (last.getBoundingClientRect().bottom - first.getBoundingClientRect().top) / count;
}

/** The sentence that should stand in the page by where one has scrolled; null where it does. */
function wanted(
  text: HTMLElement | null,
  { from, to }: Pick<Shown, "from" | "to">,
  { first, end }: ShownChapter,
  each: number,
): number | null {
  const [above, below] = ["above", "below"].map((side) => text?.querySelector(`[data-gap="${side}"]`)?.getBoundingClientRect());
  const height = window.innerHeight;
  if (above && from > first && above.bottom > -EDGE_PX) {
    if (above.bottom > height) return first + Math.floor(Math.max(-above.top, 0) / each);
    return from - STEP + BEFORE;
  }
  if (below && to < end && below.top < height + EDGE_PX) {
    if (below.top < 0) return to + Math.floor(-below.top / each);
    return from + STEP + BEFORE;
  }
  return null;
}
