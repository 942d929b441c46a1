import { useEffect } from "react";
import type { Player } from "./player";

/** Space and the arrows drive the player wherever they mean nothing else. */
export function useKeys(player: Player): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      const target = event.target as HTMLElement;
      if (target.closest("input, textarea, select, dialog, [contenteditable]")) return;
      if (event.key === " " && target.closest("button, a, summary")) return;
      const act = { " ": "toggle", ArrowLeft: "previous", ArrowRight: "next" }[event.key];
      if (!act) return;
      event.preventDefault();
      player[act as "toggle" | "previous" | "next"]();
    };
    window.addEventListener("keydown", pressed);
    return () => {
      window.removeEventListener("keydown", pressed);
    };
  }, [player]);
}
