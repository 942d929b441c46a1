import type { InputHTMLAttributes } from "react";

import { useJejuTyping } from "@/shared/useJejuTyping";
import { JejuKeys } from "./JejuKeys";
import { Labelled } from "./Labelled";

interface FieldProps extends Omit<InputHTMLAttributes<HTMLInputElement>, "onChange" | "value"> {
  label: string;
  hint?: string;
  value: string;
  onText: (text: string) => void;
  /** Jeju is written in it. */
  jeju?: boolean;
}

/** A line to write in, with its name and perhaps a hint. */
export function Field({ jeju = false, ...props }: FieldProps) {
  return jeju ? <JejuField {...props} /> : <Plain {...props} />;
}

function JejuField({ label, hint, onText, ...rest }: Omit<FieldProps, "jeju">) {
  const { press, ...typing } = useJejuTyping<HTMLInputElement>(onText);
  return (
    <Labelled label={label} hint={hint}>
      {(id, described) => (
        <>
          <input id={id} type="text" aria-describedby={described} {...rest} {...typing} />
          <JejuKeys onPress={press} />
        </>
      )}
    </Labelled>
  );
}

function Plain({ label, hint, onText, type = "text", ...rest }: Omit<FieldProps, "jeju">) {
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
