import { useEffect, useRef } from "react";
import type { Book } from "@/shared/api/shapes";
import type { Player } from "./player";
import { locate, type Timeline } from "./timeline";

export const STEP_MS = 15_000;

/** Go some milliseconds back or on in the whole book. */
export function leap(player: Player, timeline: Timeline, by: number): void {
  const { index } = player.spot.get();
  const now = (timeline.starts[index] ?? 0) + player.clock.get();
  const there = locate(timeline, Math.min(Math.max(now + by, 0), timeline.total));
  player.seek(there.index, there.ms);
}

/** Let headsets, lock screens and keyboards with media keys drive the player. */
export function useMediaSession({ title, author, cover }: Book, chapter: string, player: Player, timeline: Timeline): void {
  const latest = useRef(timeline);
  useEffect(() => {
    latest.current = timeline;
  }, [timeline]);
  useEffect(() => {
    if (!("mediaSession" in navigator)) return;
    const artwork = [{ src: cover || "/apple-touch-icon.png" }];
    const album = chapter && chapter !== title ? title : "";
    navigator.mediaSession.metadata = new MediaMetadata({ title: album ? chapter : title, artist: author, album, artwork });
  }, [title, author, cover, chapter]);
  useEffect(() => {
    if (!("mediaSession" in navigator)) return;
    const session = navigator.mediaSession;
    const acts: [MediaSessionAction, MediaSessionActionHandler][] = [
      ["play", () => { player.play(); }],
      ["pause", () => { player.pause(); }],
      ["previoustrack", () => { player.previous(); }],
      ["nexttrack", () => { player.next(); }],
      ["seekbackward", ({ seekOffset }) => { leap(player, latest.current, -(seekOffset ?? STEP_MS / 1000) * 1000); }],
      ["seekforward", ({ seekOffset }) => { leap(player, latest.current, (seekOffset ?? STEP_MS / 1000) * 1000); }],
      ["seekto", ({ seekTime }) => {
        const { index, ms } = locate(latest.current, (seekTime ?? 0) * 1000);
        player.seek(index, ms);
      }],
    ];
    for (const [action, act] of acts) session.setActionHandler(action, act);
    const tell = () => { tellPlace(session, player, latest.current); };
    const stops = [player.spot.subscribe(tell), player.clock.subscribe(tell)];
    return () => {
      for (const stop of stops) stop();
      for (const [action] of acts) session.setActionHandler(action, null);
      session.playbackState = "none";
    };
  }, [player]);
}

/** Where the book stands, for the bar of a lock screen. */
function tellPlace(session: MediaSession, player: Player, { starts, total }: Timeline): void {
  const { index, phase } = player.spot.get();
  session.playbackState = phase === "playing" || phase === "waiting" ? "playing" : "paused";
  const duration = total / 1000;
  const position = Math.min(((starts[index] ?? 0) + player.clock.get()) / 1000, duration);
  if (duration > 0) session.setPositionState({ duration, position, playbackRate: player.rate });
}
