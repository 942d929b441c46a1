import type { RefObject } from "react";
import { useCallback, useEffect, useRef, useState } from "react";
import { readPosition } from "@/shared/api/positions";
import type { Book, Position } from "@/shared/api/shapes";
import { useWhenSeen } from "@/shared/useWhenSeen";
import type { Lines } from "./feed";
import { keepPlace, unknownHere } from "./place";
import type { Player } from "./player";

const EVERY_MS = 10_000;

export interface Place {
  /** Where another device is, as long as the listener has not chosen. */
  elsewhere: Position | null;
  go: () => void;
  stay: () => void;
}

/**
 * Remember where the listener goes. What another device wrote meanwhile is never written over
 * before the listener has chosen; it is looked for whenever the page comes to the front.
 */
export function usePlace(book: Book, lines: Lines, player: Player, known: boolean): Place {
  const [elsewhere, setElsewhere] = useState<Position | null>(() => (known ? unknownHere(book) : null));
  const version = useRef(book.position?.version ?? 0);
  const waiting = useRef(elsewhere);
  const latest = useRef(lines);
  useEffect(() => {
    latest.current = lines;
  }, [lines]);
  const offer = useCallback((place: Position) => {
    waiting.current = place;
    setElsewhere(place);
  }, []);
  const keep = useKeeper(book.id, player, known, { version, waiting, latest, offer });

  useWhenSeen(() => {
    if (!known) return;
    void readPosition(book.id).then(
      (stored) => {
        if (stored && stored.version > version.current) offer(stored);
      },
      () => undefined,
    );
  });
  const settle = () => {
    version.current = waiting.current?.version ?? version.current;
    waiting.current = null;
    setElsewhere(null);
  };
  return {
    elsewhere,
    go: () => {
      const place = waiting.current;
      settle();
      if (place) player.seek(place.position, place.audio_ms);
    },
    stay: () => {
      settle();
      keep();
    },
  };
}

interface Memory {
  version: RefObject<number>;
  waiting: RefObject<Position | null>;
  latest: RefObject<Lines>;
  offer: (place: Position) => void;
}

/** Keeps the place when listening stops or goes on for a while, and when the page is left. */
function useKeeper(bookId: number, player: Player, known: boolean, memory: Memory): () => void {
  const { version, waiting, latest, offer } = memory;
  const keeper = useRef<(leaving?: boolean) => void>(() => undefined);
  useEffect(() => {
    let told = { index: -1, at: 0 };
    let sending: Promise<unknown> = Promise.resolve();
    const keep = (leaving = false) => {
      const { index } = player.spot.get();
      const line = latest.current[index];
      if (!line) return;
      told = { index, at: Date.now() };
      const here = { segment: line.id, audio_ms: Math.round(player.clock.get()), position: index };
      const send = async () => {
        // Until somebody has chosen, the place of the other device stays what it is.
        const base = known && !waiting.current ? version.current : null;
        const kept = await keepPlace(bookId, here, base, leaving);
        if (kept && "version" in kept) version.current = kept.version;
        else if (kept) offer(kept.newer);
      };
      // One after another: each is based on the one before.
      sending = leaving ? send() : sending.then(send);
    };
    keeper.current = keep;
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
  }, [bookId, player, known, version, waiting, latest, offer]);
  return () => {
    keeper.current();
  };
}
