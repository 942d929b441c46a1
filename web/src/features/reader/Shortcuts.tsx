import { useId, useLayoutEffect, useRef } from "react";
import { useWords } from "@/shared/i18n";

/** The keys that drive the reading room. */
export function Shortcuts({ onClose }: { onClose: () => void }) {
  const { reader: words, error } = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useId();
  useLayoutEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    return () => shown?.close();
  }, []);
  return (
    <dialog ref={dialog} className="confirm" aria-labelledby={title} onCancel={onClose}>
      <h2 id={title}>{words.shortcuts}</h2>
      <dl className="shortcuts">
        {words.shortcutList.map(([key, deed]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{deed}</dd>
          </div>
        ))}
      </dl>
      <div className="confirm-acts">
        <button type="button" className="button" onClick={onClose}>
          {error.close}
        </button>
      </div>
    </dialog>
  );
}
