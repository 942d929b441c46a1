import { useLayoutEffect, useId, useRef } from "react";

interface ConfirmProps {
  question: string;
  hint: string;
  yes: string;
  no: string;
  onYes: () => void;
  onNo: () => void;
}

/** Ask before something that cannot be undone; Escape means no. */
export function Confirm({ question, hint, yes, no, onYes, onNo }: ConfirmProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useId();
  // Closed before it leaves the page: only then does the browser give the focus back.
  useLayoutEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    return () => shown?.close();
  }, []);
  return (
    <dialog ref={dialog} className="confirm" aria-labelledby={title} onCancel={onNo}>
      <h2 id={title}>{question}</h2>
      <p>{hint}</p>
      <div className="confirm-acts">
        <button type="button" className="button quiet" onClick={onNo}>
          {no}
        </button>
        <button type="button" className="button danger" onClick={onYes}>
          {yes}
        </button>
      </div>
    </dialog>
  );
}
