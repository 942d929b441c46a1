import { useEffect, useRef } from "react";

/** What tabs of this browser tell each other. */
export interface Told {
  /** Number of a book whose sentences were changed. */
  changed?: number;
  /** A tab begins to play: the others are silent. */
  playing?: string;
}

const NAME = "kosorong";
const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel(NAME);

export function tellTabs(told: Told): void {
  channel?.postMessage(told);
}

/** Hear what other tabs tell. */
export function useTabs(hear: (told: Told) => void): void {
  const latest = useRef(hear);
  useEffect(() => {
    latest.current = hear;
  });
  useEffect(() => {
    const heard = (event: MessageEvent<Told>) => { latest.current(event.data); };
    channel?.addEventListener("message", heard);
    return () => channel?.removeEventListener("message", heard);
  }, []);
}
