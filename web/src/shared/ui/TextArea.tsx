import { useJejuTyping } from "@/shared/useJejuTyping";
import { JejuKeys } from "./JejuKeys";
import { Labelled } from "./Labelled";

interface TextAreaProps {
  label: string;
  hint?: string;
  value: string;
  onText: (text: string) => void;
  lang?: string;
  rows?: number;
  maxLength?: number;
  /** Jeju is written in it. */
  jeju?: boolean;
}

/** A few lines to write in, with their name and perhaps a hint. */
export function TextArea({ jeju = false, ...props }: TextAreaProps) {
  return jeju ? <JejuArea {...props} /> : <Plain {...props} />;
}

function JejuArea({ label, hint, onText, rows = 3, ...rest }: Omit<TextAreaProps, "jeju">) {
  const { press, ...typing } = useJejuTyping<HTMLTextAreaElement>(onText);
  return (
    <Labelled label={label} hint={hint}>
      {(id, described) => (
        <>
          <textarea id={id} rows={rows} aria-describedby={described} {...rest} {...typing} />
          <JejuKeys onPress={press} />
        </>
      )}
    </Labelled>
  );
}

function Plain({ label, hint, onText, rows = 3, ...rest }: Omit<TextAreaProps, "jeju">) {
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
