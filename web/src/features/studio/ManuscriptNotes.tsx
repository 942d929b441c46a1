import type { Book } from "@/shared/api/shapes";
import { useWords } from "@/shared/i18n";
import type { LeftOut } from "@/shared/notes";
import { byReason, say } from "@/shared/notes";

/** Longer lists and texts are opened by whoever wants to see them. */
const MOST_LINES = 20;
const LONGEST = 200;

/** What the readers decided, and what is not read: skipped, but never in silence. */
export function ManuscriptNotes({ book }: { book: Book }) {
  const { production: words, notes } = useWords();
  if (!book.skipped.length && !book.warnings.length) return null;
  return (
    <details className="notes" open={book.skipped.length > 0}>
      <summary>{words.notes(book.skipped.length + book.warnings.length)}</summary>
      {book.warnings.length > 0 && (
        <ul>
          {book.warnings.map((line, number) => (
            <li key={number}>{say(line, notes)}</li>
          ))}
        </ul>
      )}
      {byReason(book.skipped, notes).map(([reason, ones]) => (
        <details key={reason} open={ones.length <= MOST_LINES}>
          <summary>{words.leftOut(reason, ones.length)}</summary>
          <ul>
            {ones.map((one, number) => (
              <li key={number}>
                <Left one={one} />
              </li>
            ))}
          </ul>
        </details>
      ))}
    </details>
  );
}

function Left({ one: { where, text } }: { one: LeftOut }) {
  if (text.length <= LONGEST) return [where, text].filter(Boolean).join(" · ");
  return (
    <details>
      <summary>{`${where} · ${text.slice(0, LONGEST)}…`}</summary>
      {text}
    </details>
  );
}
