import type { ReactNode } from "react";
import { useId, useState } from "react";
import { useWords } from "@/shared/i18n";

interface OnceProps {
  label: string;
  value: string;
  children?: ReactNode;
}

/** A secret that is shown this once, with a button that copies it. */
export function Once({ label, value, children }: OnceProps) {
  const words = useWords().account;
  const id = useId();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    // Browsers have no clipboard for pages without HTTPS: the text can be marked by hand then.
    await (navigator.clipboard as Clipboard | undefined)?.writeText(value).then(
      () => { setCopied(true); },
      () => undefined,
    );
  };
  return (
    <div className="notice calm once">
      <p className="notice-what" role="status">
        {words.once}
      </p>
      <div className="field">
        <label htmlFor={id}>{label}</label>
        <input id={id} type="text" value={value} readOnly onFocus={(event) => { event.target.select(); }} />
      </div>
      {children}
      <div className="notice-acts">
        <button type="button" className="button small" onClick={() => void copy()}>
          {copied ? words.copied : words.copy}
        </button>
      </div>
    </div>
  );
}
