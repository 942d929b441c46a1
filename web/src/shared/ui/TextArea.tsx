import { useId } from "react";

interface TextAreaProps {
  label: string;
  hint?: string;
  value: string;
  onText: (text: string) => void;
  lang?: string;
  rows?: number;
  maxLength?: number;
}

/** A few lines to write in, with their name and perhaps a hint. */
export function TextArea({ label, hint, onText, rows = 3, ...rest }: TextAreaProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        rows={rows}
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
