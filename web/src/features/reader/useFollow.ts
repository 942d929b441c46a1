import type { RefObject } from "react";
import { useEffect } from "react";
import type { Player } from "./player";

const HANDS_OFF_MS = 4000;

/** Keep the sentence being read in sight, unless the reader has just scrolled elsewhere. */
export function useFollow(player: Player, text: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    let scrolledAt = -HANDS_OFF_MS;
    let before = player.spot.get().index;
    const scrolled = () => {
      scrolledAt = performance.now();
    };
    const follow = () => {
      const { index } = player.spot.get();
      if (index === before) return;
      before = index;
      if (performance.now() - scrolledAt < HANDS_OFF_MS) return;
      // The chapter may have to be turned first: look after it is drawn.
      requestAnimationFrame(() => {
        show(text.current?.querySelector(`[data-segment="${index}"]`));
      });
    };
    const stop = player.spot.subscribe(follow);
    for (const kind of ["wheel", "touchmove"]) window.addEventListener(kind, scrolled, { passive: true });
    return () => {
      stop();
      for (const kind of ["wheel", "touchmove"]) window.removeEventListener(kind, scrolled);
    };
  }, [player, text]);
}

function show(sentence: Element | null | undefined): void {
  if (!sentence) return;
  const { top, bottom } = sentence.getBoundingClientRect();
  const comfortable = top > window.innerHeight * 0.15 && bottom < window.innerHeight * 0.7;
  if (comfortable) return;
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  sentence.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
}
