import { useEffect, useState } from "react";
import { useStore } from "@/shared/store";
import type { Player, Stretch } from "./player";

const FADE_MS = 10_000;
const TICK_MS = 500;

/** Minutes until the voice stops, the end of the chapter, or never. */
export type Sleep = number | "chapter" | null;

/** A timer after which the voice goes softly and stops. */
export function useSleep(player: Player, chapter: Stretch | undefined) {
  const [sleep, setSleep] = useState<Sleep>(null);
  const [until, setUntil] = useState(0);
  const [end, setEnd] = useState<number | null>(null);
  useEffect(() => {
    player.stopAfter(end === null ? null : end - 1);
  }, [player, end]);
  const choose = (next: Sleep) => {
    setSleep(next);
    setEnd(next === "chapter" && chapter ? chapter.end : null);
    setUntil(typeof next === "number" ? Date.now() + next * 60_000 : 0);
    player.setVolume(1);
  };
  useEffect(() => {
    if (!until) return undefined;
    const timer = window.setInterval(() => {
      const left = until - Date.now();
      player.setVolume(Math.min(Math.max(left / FADE_MS, 0), 1));
      if (left > 0) return;
      player.pause();
      player.setVolume(1);
      setSleep(null);
      setUntil(0);
    }, TICK_MS);
    return () => {
      window.clearInterval(timer);
    };
  }, [player, until]);
  // At the end of the chapter the player has stopped by itself: the timer has done its work.
  const ended = useStore(player.spot, ({ index, phase }) => phase === "paused" && index === end);
  if (ended) {
    setSleep(null);
    setEnd(null);
  }
  return { sleep, choose };
}
