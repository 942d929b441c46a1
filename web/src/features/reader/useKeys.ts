import { useEffect, useRef } from "react";
import { choose, settingsNow } from "@/shared/settings";
import { leap, STEP_MS } from "./useMediaSession";
import type { Player } from "./player";
import type { Timeline } from "./timeline";

export const SLOWEST = 0.5;
export const FASTEST = 2;
const STEP = 0.05;

/** Speak faster or slower by so many steps. */
export function hasten(steps: number): void {
  const speed = Math.round((settingsNow().speed + steps * STEP) / STEP) * STEP;
  choose({ speed: Number(Math.min(Math.max(speed, SLOWEST), FASTEST).toFixed(2)) });
}

export interface Deeds {
  desk: (() => void) | null;
  mark: (() => void) | null;
  /** Look at the word that is lit. */
  word: () => void;
  list: () => void;
}

/** Space, the arrows and a few letters drive the player wherever they mean nothing else. */
export function useKeys(player: Player, timeline: Timeline, deeds: Deeds, away: boolean): void {
  const latest = useRef({ timeline, deeds });
  useEffect(() => {
    latest.current = { timeline, deeds };
  });
  useEffect(() => {
    if (away) return undefined;
    const acts: Record<string, () => void> = {
      " ": () => { player.toggle(); },
      ArrowLeft: () => { player.previous(); },
      ArrowRight: () => { player.next(); },
      "shift ArrowLeft": () => { leap(player, latest.current.timeline, -STEP_MS); },
      "shift ArrowRight": () => { leap(player, latest.current.timeline, STEP_MS); },
      "[": () => { hasten(-1); },
      "]": () => { hasten(1); },
      e: () => latest.current.deeds.desk?.(),
      w: () => { latest.current.deeds.word(); },
      b: () => latest.current.deeds.mark?.(),
      "?": () => { latest.current.deeds.list(); },
    };
    const pressed = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      const target = event.target as HTMLElement;
      if (target.closest("input, textarea, select, dialog, [contenteditable]")) return;
      if (event.key === " " && target.closest("button, a, summary")) return;
      const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      const act = acts[event.shiftKey && key.startsWith("Arrow") ? `shift ${key}` : key];
      if (!act) return;
      event.preventDefault();
      act();
    };
    window.addEventListener("keydown", pressed);
    return () => {
      window.removeEventListener("keydown", pressed);
    };
  }, [player, away]);
}
