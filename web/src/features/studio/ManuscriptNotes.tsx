import type { Book } from "@/shared/api/shapes";
import { useWords } from "@/shared/i18n";

/** What the readers decided, and what is not read: skipped, but never in silence. */
export function ManuscriptNotes({ book }: { book: Book }) {
  const words = useWords().production;
  const skipped = book.skipped.map((parts) => parts.filter(Boolean).join(" · "));
  if (!skipped.length && !book.warnings.length) return null;
  return (
    <details className="notes" open={skipped.length > 0}>
      <summary>{words.notes(skipped.length + book.warnings.length)}</summary>
      <ul>
        {[...skipped, ...book.warnings].map((line, number) => (
          <li key={number}>{line}</li>
        ))}
      </ul>
    </details>
  );
}
