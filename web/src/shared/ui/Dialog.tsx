import type { ReactNode } from "react";
import { useId, useLayoutEffect, useRef } from "react";
import { useWords } from "@/shared/i18n";
import { Icon } from "./Icon";

interface DialogProps {
  title: string;
  onClose: () => void;
  children: ReactNode;
}

/** Something on top of the page, until it is closed. */
export function Dialog({ title, onClose, children }: DialogProps) {
  const words = useWords().error;
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  // Closed before it leaves the page: only then does the browser give the focus back.
  useLayoutEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    return () => shown?.close();
  }, []);
  return (
    <dialog ref={dialog} className="sheet-dialog" aria-labelledby={id} onCancel={onClose}>
      <div className="desk-head">
        <h2 id={id}>{title}</h2>
        <button type="button" className="round small" aria-label={words.close} onClick={onClose}>
          <Icon name="close" />
        </button>
      </div>
      {children}
    </dialog>
  );
}
