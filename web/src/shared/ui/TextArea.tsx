import { Labelled } from "./Labelled";

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
  return (
    <Labelled label={label} hint={hint}>
      {(id, described) => (
        <textarea
          id={id}
          rows={rows}
          aria-describedby={described}
          onChange={(event) => { onText(event.target.value); }}
          {...rest}
        />
      )}
    </Labelled>
  );
}
