import type { RefObject } from "react";
import { useEffect, useRef } from "react";

const HOLD_MS = 550;
const STILL_PX = 10;

/** Whoever holds a sentence under a finger for a while wants to correct it. */
export function useHold(text: RefObject<HTMLElement | null>, hold: ((index: number) => void) | null, away: boolean): void {
  const latest = useRef(hold);
  useEffect(() => {
    latest.current = hold;
  });
  useEffect(() => {
    const page = text.current;
    let timer = 0;
    let from = { x: 0, y: 0 };
    let held = false;
    const drop = () => { window.clearTimeout(timer); };
    const down = (event: PointerEvent) => {
      const sentence = (event.target as Element).closest<HTMLElement>(".jeju [data-segment]");
      drop();
      held = false;
      if (!sentence || event.pointerType === "mouse" || !latest.current) return;
      from = { x: event.clientX, y: event.clientY };
      timer = window.setTimeout(() => {
        held = true;
        latest.current?.(Number(sentence.dataset.segment));
      }, HOLD_MS);
    };
    const moved = ({ clientX, clientY }: PointerEvent) => {
      if (Math.hypot(clientX - from.x, clientY - from.y) > STILL_PX) drop();
    };
    // What was held was not tapped, and wants no menu of the browser.
    const swallow = (event: Event) => {
      if (!held) return;
      event.preventDefault();
      event.stopPropagation();
      held = event.type !== "click";
    };
    page?.addEventListener("pointerdown", down);
    page?.addEventListener("pointermove", moved);
    for (const kind of ["pointerup", "pointercancel"]) page?.addEventListener(kind, drop);
    for (const kind of ["click", "contextmenu"]) page?.addEventListener(kind, swallow, true);
    return () => {
      drop();
      page?.removeEventListener("pointerdown", down);
      page?.removeEventListener("pointermove", moved);
      for (const kind of ["pointerup", "pointercancel"]) page?.removeEventListener(kind, drop);
      for (const kind of ["click", "contextmenu"]) page?.removeEventListener(kind, swallow, true);
    };
  }, [text, away]);
}
