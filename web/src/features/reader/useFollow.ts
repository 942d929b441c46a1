import type { RefObject } from "react";
import { useEffect, useRef } from "react";
import type { Player } from "./player";

const HANDS_OFF_MS = 4000;
const MOST_FRAMES = 600;

/**
 * Keep the sentence being read in sight, unless the reader has just scrolled elsewhere; whoever
 * goes somewhere is always shown where they are. Nothing moves while one is `away` on another page.
 */
export function useFollow(
  player: Player,
  text: RefObject<HTMLElement | null>,
  reveal: (index: number) => void,
  away: boolean,
): void {
  const latest = useRef(reveal);
  useEffect(() => {
    latest.current = reveal;
  });
  useEffect(() => {
    if (away) return undefined;
    let scrolledAt = -HANDS_OFF_MS;
    let before = player.spot.get().index;
    let frame = 0;
    const scrolled = () => {
      scrolledAt = performance.now();
      cancelAnimationFrame(frame);
    };
    // The chapter may have to be turned first, and its text may have to come.
    const bring = (index: number, far: boolean, frames = 0) => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => {
        const there = text.current?.querySelector(`[data-segment="${index}"]`);
        if (there) show(there, far);
        else if (frames < MOST_FRAMES) bring(index, true, frames + 1);
      });
    };
    const follow = () => {
      const { index } = player.spot.get();
      if (index === before) return;
      const far = Math.abs(index - before) > 1;
      before = index;
      if (!far && performance.now() - scrolledAt < HANDS_OFF_MS) return;
      latest.current(index);
      bring(index, far);
    };
    if (before > 0) bring(before, true);
    const stop = player.spot.subscribe(follow);
    for (const kind of ["wheel", "touchmove"]) window.addEventListener(kind, scrolled, { passive: true });
    return () => {
      cancelAnimationFrame(frame);
      stop();
      for (const kind of ["wheel", "touchmove"]) window.removeEventListener(kind, scrolled);
    };
  }, [player, text, away]);
}

function show(sentence: Element, far: boolean): void {
  const { top, bottom } = sentence.getBoundingClientRect();
  const comfortable = top > window.innerHeight * 0.15 && bottom < window.innerHeight * 0.7;
  if (comfortable) return;
  const calm = far || window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  sentence.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
}
