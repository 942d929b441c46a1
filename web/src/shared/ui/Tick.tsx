import type { ReactNode } from "react";

interface TickProps {
  checked: boolean;
  onTick: (checked: boolean) => void;
  children: ReactNode;
}

/** A box to tick, with what it says. */
export function Tick({ checked, onTick, children }: TickProps) {
  return (
    <label className="tick">
      <input type="checkbox" checked={checked} onChange={(event) => { onTick(event.target.checked); }} />
      <span>{children}</span>
    </label>
  );
}
