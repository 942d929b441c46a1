import { useCallback, useEffect, useId, useState } from "react";
import {
  readNarration,
  readTerms,
  retryNarration,
  sendNarration,
  withdrawNarration,
} from "@/shared/api/corrections";
import type { Book } from "@/shared/api/shapes";
import { useWords } from "@/shared/i18n";
import { Notice } from "@/shared/ui/Notice";
import { useItem } from "@/shared/useItem";
import { useSend } from "@/shared/useSend";
import { SendForm } from "./SendForm";

const AGAIN_MS = 2000;

interface NarrationPanelProps {
  book: Book;
  onChange: () => void;
}

/** One's own recording of a whole chapter in place of the machine's voice. */
export function NarrationPanel({ book, onChange }: NarrationPanelProps) {
  const { narration: words, reader } = useWords();
  const [chapter, setChapter] = useState(0);
  const id = useId();
  // Open where a recording is waited for, and still when it came: what becomes of it is told here.
  const [open] = useState(book.status === "paused" && !book.segments.done);
  return (
    <details className="notes" open={open}>
      <summary>{words.title}</summary>
      <p>{words.lead}</p>
      {book.chapters.length > 1 && (
        <div className="field">
          <label htmlFor={id}>{words.chapter}</label>
          <select id={id} value={chapter} onChange={(event) => { setChapter(Number(event.target.value)); }}>
            {book.chapters.map(({ position, title }) => (
              <option key={position} value={position}>
                {title || reader.chapter(position + 1)}
              </option>
            ))}
          </select>
        </div>
      )}
      <OfChapter key={chapter} book={book} chapter={chapter} onChange={onChange} />
    </details>
  );
}

function OfChapter({ book, chapter, onChange }: NarrationPanelProps & { chapter: number }) {
  const words = useWords().narration;
  const known = book.chapters[chapter]?.narration ?? null;
  const kept = useItem(
    useCallback(
      (signal: AbortSignal) => (known ? readNarration(book.id, chapter, signal) : Promise.resolve(null)),
      [book.id, chapter, known],
    ),
  );
  const terms = useItem(useCallback((signal: AbortSignal) => readTerms(signal), []));
  const { send, sending, refused } = useSend();
  const { item, reload } = kept;
  useEffect(() => {
    if (item?.state !== "waiting") return;
    const timer = window.setInterval(() => {
      reload();
      onChange();
    }, AGAIN_MS);
    return () => {
      window.clearInterval(timer);
    };
  }, [item?.state, reload, onChange]);
  const act = (deed: () => Promise<unknown>) => () =>
    void send(async () => {
      await deed();
      reload();
      onChange();
    });
  const error = refused ?? kept.error ?? terms.error;
  return (
    <>
      {item && (
        <div role="status">
          <p>{words.state[item.state]}</p>
          {item.problem && <p className="notice">{item.problem}</p>}
          <div className="acts">
            {item.state === "failed" && (
              <button
                type="button"
                className="button small"
                disabled={sending}
                onClick={act(() => retryNarration(book.id, chapter))}
              >
                {words.retry}
              </button>
            )}
            <button
              type="button"
              className="button small quiet"
              disabled={sending}
              onClick={act(() => withdrawNarration(book.id, chapter))}
            >
              {words.withdraw}
            </button>
          </div>
        </div>
      )}
      {terms.item && (
        <SendForm
          terms={terms.item}
          sending={sending}
          onSend={(sound, speaker, licence) => {
            act(() => sendNarration(book.id, chapter, sound, { speaker, licence }))();
          }}
        />
      )}
      {error !== null && <Notice error={error} />}
    </>
  );
}
