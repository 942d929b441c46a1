import type { Book } from "@/shared/api/shapes";
import type { Source } from "@/shared/api/sourceShapes";
import { useWords } from "@/shared/i18n";
import { aboutLine, byReason, say } from "@/shared/notes";
import { LeftOut } from "./LeftOut";

/** What the readers decided, and what is not read: skipped, but never in silence. */
export function ManuscriptNotes({ book }: { book: Book }) {
  const { production: words, notes } = useWords();
  const { skipped, warnings, source } = book;
  const count = skipped.length + warnings.length;
  const who = source ? aboutLine(source.about, book.author, notes) : "";
  if (!count && !who) return null;
  return (
    <>
      {who && <p className="notes">{who}</p>}
      {count > 0 && (
        <details className="notes" open={skipped.length > 0}>
          <summary>{words.notes(count)}</summary>
          {source && <Account source={source} />}
          {warnings.length > 0 && (
            <ul>
              {warnings.map((line, number) => (
                <li key={number}>{say(line, notes)}</li>
              ))}
            </ul>
          )}
          {byReason(skipped, notes).map(([reason, ones]) => (
            <LeftOut key={reason} name={words.leftOut(reason, ones.length)} passages={ones} />
          ))}
        </details>
      )}
    </>
  );
}

/** How much is read and how much is not, and which chapters are not. */
function Account({ source: { account, chapters } }: { source: Source }) {
  const { production: words, reader } = useWords();
  const left = Object.values(account.left_out).reduce((sum, count) => sum + count, 0);
  const aside = chapters.filter((one) => !one.read);
  return (
    <ul>
      <li>{words.account(account.read, left)}</li>
      {aside.length > 0 && (
        <li>{words.aside(aside.map(({ title, number }) => title || reader.chapter(number)).join(", "))}</li>
      )}
    </ul>
  );
}
