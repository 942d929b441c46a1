import { useEffect, useRef, useState } from "react";
import type { Book, Position } from "@/shared/api/shapes";
import type { Line } from "./lines";
import { keepPlace, latestPlace } from "./place";
import type { Player } from "./player";

const EVERY_MS = 10_000;

export interface Elsewhere {
  index: number;
  ms: number;
}

/** Bring the listener back to where they were, and remember where they go. */
export function usePlace(book: Book, lines: readonly Line[], player: Player, known: boolean) {
  const wanted = useRef<Position | null | undefined>(undefined);
  const [elsewhere, setElsewhere] = useState<Elsewhere | null>(null);
  const latest = useRef(lines);
  useEffect(() => {
    latest.current = lines;
  }, [lines]);

  useEffect(() => {
    if (wanted.current === undefined) wanted.current = latestPlace(book.id, book.position);
    const place = wanted.current;
    const index = place ? lines.findIndex((line) => line.id === place.segment) : -1;
    // A long book comes page by page: keep looking until all of it is here.
    if (!place || index < 0) return;
    const { index: now, phase } = player.spot.get();
    if (now === 0 && phase === "paused") player.seek(index, place.audio_ms);
    wanted.current = null;
  }, [book, lines, player]);

  useEffect(() => {
    let told = { index: -1, at: 0 };
    let mayAsk = true;
    const keep = (leaving = false) => {
      const { index } = player.spot.get();
      const line = latest.current[index];
      if (!line) return;
      told = { index, at: Date.now() };
      void keepPlace(book.id, line.id, player.clock.get(), known, leaving).then((newer) => {
        const there = newer && latest.current.findIndex((one) => one.id === newer.segment);
        if (!newer || there === null || there < 0 || !mayAsk) return;
        mayAsk = false;
        setElsewhere({ index: there, ms: newer.audio_ms });
      });
    };
    let before = player.spot.get();
    const moved = () => {
      const now = player.spot.get();
      const stopped = before.phase === "playing" && now.phase !== "playing";
      const due = now.index !== told.index && Date.now() - told.at > EVERY_MS;
      const turned = now.index !== before.index && now.phase === "paused";
      before = now;
      if (stopped || due || turned) keep();
    };
    const leave = () => {
      if (player.spot.get().phase === "playing") keep(true);
    };
    const stop = player.spot.subscribe(moved);
    window.addEventListener("pagehide", leave);
    return () => {
      leave();
      stop();
      window.removeEventListener("pagehide", leave);
    };
  }, [book.id, player, known]);

  return { elsewhere, settle: () => { setElsewhere(null); } };
}
