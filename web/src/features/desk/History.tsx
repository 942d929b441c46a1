import { useCallback } from "react";
import { readHistory, undoEdit } from "@/shared/api/corrections";
import type { Book, Segment } from "@/shared/api/shapes";
import { useWords } from "@/shared/i18n";
import { Notice } from "@/shared/ui/Notice";
import { useBy } from "@/shared/useBy";
import { useDay } from "@/shared/useDay";
import { useItem } from "@/shared/useItem";
import { useSend } from "@/shared/useSend";

interface HistoryProps {
  book: Book;
  segment: Segment;
  onChange: () => void;
}

/** What was changed of a sentence, and the way back. */
export function History({ book, segment, onChange }: HistoryProps) {
  const words = useWords().desk;
  const day = useDay();
  const by = useBy();
  const { item, error } = useItem(
    useCallback((signal: AbortSignal) => readHistory(book.id, segment.id, signal), [book.id, segment.id]),
  );
  const { send, sending, refused } = useSend();
  const undo = () =>
    send(async () => {
      await undoEdit(book.id, segment.id);
      onChange();
    });
  if (error !== null) return <Notice error={error} />;
  if (!item) return null;
  if (!item.length) return <p className="faint">{words.historyNone}</p>;
  return (
    <>
      <ul className="rows">
        {item.map((edit) => (
          <li key={edit.id}>
            <span className="difference">
              <span className="faint">
                {words.by(edit.by === null ? words.byVotes : by(edit.by), day(edit.at))}
                {edit.undone_at ? ` · ${words.undone}` : ""}
              </span>
              {edit.changes.map(({ field, before, after }) => (
                <span key={field}>
                  <del>{before}</del> <ins>{after}</ins>
                </span>
              ))}
            </span>
          </li>
        ))}
      </ul>
      {refused !== null && <Notice error={refused} />}
      {item.some((edit) => !edit.undone_at) && (
        <button type="button" className="button small" disabled={sending} onClick={() => void undo()}>
          {words.historyUndo}
        </button>
      )}
    </>
  );
}
