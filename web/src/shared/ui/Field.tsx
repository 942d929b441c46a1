import type { InputHTMLAttributes } from "react";

import { Labelled } from "./Labelled";

interface FieldProps extends Omit<InputHTMLAttributes<HTMLInputElement>, "onChange" | "value"> {
  label: string;
  hint?: string;
  value: string;
  onText: (text: string) => void;
}

/** A line to write in, with its name and perhaps a hint. */
export function Field({ label, hint, onText, type = "text", ...rest }: FieldProps) {
  return (
    <Labelled label={label} hint={hint}>
      {(id, described) => (
        <input
          id={id}
          type={type}
          aria-describedby={described}
          onChange={(event) => { onText(event.target.value); }}
          {...rest}
        />
      )}
    </Labelled>
  );
}
