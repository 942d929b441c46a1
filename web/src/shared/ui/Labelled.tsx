import type { ReactNode } from "react";
import { useId } from "react";

interface LabelledProps {
  label: string;
  hint?: string | undefined;
  /** Given the id that the label names and, with a hint, the id of its words. */
  children: (id: string, described: string | undefined) => ReactNode;
}

/** Something to fill in, with its name above and perhaps a hint below. */
export function Labelled({ label, hint, children }: LabelledProps) {
  const id = useId();
  const described = hint ? `${id}-hint` : undefined;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children(id, described)}
      {hint && (
        <p id={described} className="faint">
          {hint}
        </p>
      )}
    </div>
  );
}
