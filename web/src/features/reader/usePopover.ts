import { useEffect, useRef, useState } from "react";

/** Something behind a button; Escape and a press elsewhere close it. */
export function usePopover() {
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!open) return;
    const close = (event: Event) => {
      const escaped = event instanceof KeyboardEvent && event.key === "Escape";
      const outside = event.type === "pointerdown" && !box.current?.contains(event.target as Node);
      if (escaped || outside) setOpen(false);
      // What had the focus goes away: the button that opened it takes it.
      if (escaped) box.current?.querySelector("button")?.focus();
    };
    window.addEventListener("pointerdown", close);
    window.addEventListener("keydown", close);
    return () => {
      window.removeEventListener("pointerdown", close);
      window.removeEventListener("keydown", close);
    };
  }, [open]);
  return { open, setOpen, box };
}
