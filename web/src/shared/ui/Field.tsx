import type { InputHTMLAttributes } from "react";
import { useId } from "react";

interface FieldProps extends Omit<InputHTMLAttributes<HTMLInputElement>, "onChange" | "value"> {
  label: string;
  hint?: string;
  value: string;
  onText: (text: string) => void;
}

/** A line to write in, with its name and perhaps a hint. */
export function Field({ label, hint, onText, type = "text", ...rest }: FieldProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type={type}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={(event) => { onText(event.target.value); }}
        {...rest}
      />
      {hint && (
        <p id={`${id}-hint`} className="faint">
          {hint}
        </p>
      )}
    </div>
  );
}
