import { useEffect } from "react";
import type { Book } from "@/shared/api/shapes";
import type { Player } from "./player";

/** Let headsets, lock screens and keyboards with media keys drive the player. */
export function useMediaSession({ title, author }: Book, player: Player): void {
  useEffect(() => {
    if (!("mediaSession" in navigator)) return;
    const session = navigator.mediaSession;
    session.metadata = new MediaMetadata({ title, artist: author });
    const acts: [MediaSessionAction, () => void][] = [
      ["play", () => { player.play(); }],
      ["pause", () => { player.pause(); }],
      ["previoustrack", () => { player.previous(); }],
      ["nexttrack", () => { player.next(); }],
    ];
    for (const [action, act] of acts) session.setActionHandler(action, act);
    return () => {
      for (const [action] of acts) session.setActionHandler(action, null);
    };
  }, [title, author, player]);
}
