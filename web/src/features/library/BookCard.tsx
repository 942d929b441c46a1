import { isUnderWay } from "@/shared/api/events";
import type { BookLine } from "@/shared/api/shapes";
import { useWords } from "@/shared/i18n";
import { Link } from "@/shared/router";
import { timeLeft } from "@/shared/time";
import { Cover } from "@/shared/ui/Cover";
import { Icon } from "@/shared/ui/Icon";
import { ProgressBar } from "@/shared/ui/ProgressBar";
import { heardPart, HeardBar } from "./Heard";

interface BookCardProps {
  book: BookLine;
  /** Null for a book of somebody else. */
  onRemove: (() => void) | null;
}

/** A book on the shelf. */
export function BookCard({ book, onRemove }: BookCardProps) {
  const words = useWords();
  const { excerpt, series, series_number: number } = book;
  return (
    <li className="card">
      <Cover title={book.title} src={book.cover} />
      <div className="card-body">
        {series && <p className="card-series">{[series, number].filter(Boolean).join(" ")}</p>}
        <h2>
          {/* What was looked for is where one wants to be. */}
          <Link href={`/books/${book.id}${excerpt ? `#${excerpt.position + 1}` : ""}`}>{book.title}</Link>
        </h2>
        <p className="card-author">{book.author || words.library.noAuthor}</p>
        {excerpt && <Found book={book} />}
        {book.tags.length > 0 && (
          <ul className="tags" aria-label={words.library.tags}>
            {book.tags.map((tag) => (
              <li key={tag}>{tag}</li>
            ))}
          </ul>
        )}
        <CardState book={book} />
      </div>
      {onRemove && (
        <button
          type="button"
          className="round small card-remove"
          aria-label={words.library.removeNamed(book.title)}
          title={words.library.remove}
          onClick={onRemove}
        >
          <Icon name="trash" />
        </button>
      )}
    </li>
  );
}

/** The sentence that holds what was looked for. */
function Found({ book: { excerpt } }: { book: BookLine }) {
  return (
    <p className="card-found">
      {excerpt?.text && <span lang="jje">{excerpt.text}</span>}
      <span lang="ko">{excerpt?.beside}</span>
    </p>
  );
}

function CardState({ book }: { book: BookLine }) {
  const { status, production, library } = useWords();
  const { done, total } = book.segments;
  const whole = book.status === "done";
  const length = book.length_ms ? timeLeft(book.length_ms / 1000, production) : production.whole(total);
  const part = Math.round(heardPart(book) * 100);
  return (
    <div className="card-state">
      <p>
        {part > 0 && whole ? (
          <span className="status" data-status="done">
            {library.heard(part)}
          </span>
        ) : (
          <span className="status" data-status={book.status}>
            {status[book.status]}
          </span>
        )}
        <span>{whole ? length : production.made(done, total)}</span>
      </p>
      {!whole && (
        <ProgressBar
          label={production.label}
          done={done}
          total={total}
          calm={!isUnderWay(book.status)}
        />
      )}
      {whole && part > 0 && <HeardBar book={book} />}
    </div>
  );
}
