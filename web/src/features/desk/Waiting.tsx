import { useCallback } from "react";
import { listOpen } from "@/shared/api/corrections";
import type { Book } from "@/shared/api/shapes";
import { useWords } from "@/shared/i18n";
import { useSession } from "@/shared/session";
import { Notice } from "@/shared/ui/Notice";
import { useBy } from "@/shared/useBy";
import { useItem } from "@/shared/useItem";

interface WaitingProps {
  book: Book;
  /** How often sentences were changed since the page was opened. */
  edits: number;
  onGo: (segment: number, position: number) => void;
}

/** What of a whole book waits for a decision, for whoever may decide or vote. */
export function Waiting(props: WaitingProps) {
  const role = useSession().me?.role;
  const may = props.book.mine || role === "corrector" || role === "admin";
  return may ? <Open key={props.edits} {...props} /> : null;
}

function Open({ book, onGo }: WaitingProps) {
  const words = useWords().desk;
  const { item, error } = useItem(
    useCallback((signal: AbortSignal) => listOpen(book.id, signal), [book.id]),
  );
  const who = useBy();
  if (error !== null) return <Notice error={error} />;
  if (!item?.length) return null;
  return (
    <details className="notes">
      <summary>{words.waiting(item.length)}</summary>
      <ul className="marks">
        {item.map(({ id, segment, position, text, by, region, village }) => (
          <li key={id}>
            <button type="button" className="link" onClick={() => { onGo(segment, position); }}>
              {words.sentence(position + 1)}
            </button>{" "}
            <span lang="jje">{text}</span>{" "}
            <span className="faint">{words.by(who(by), [region, village].filter(Boolean).join(" "))}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
