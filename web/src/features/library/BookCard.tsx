import { isUnderWay } from "@/shared/api/events";
import type { BookLine } from "@/shared/api/shapes";
import { useWords } from "@/shared/i18n";
import { Link } from "@/shared/router";
import { Cover } from "@/shared/ui/Cover";
import { Icon } from "@/shared/ui/Icon";
import { ProgressBar } from "@/shared/ui/ProgressBar";

interface BookCardProps {
  book: BookLine;
  /** Null for a book of somebody else. */
  onRemove: (() => void) | null;
}

/** A book on the shelf. */
export function BookCard({ book, onRemove }: BookCardProps) {
  const words = useWords();
  return (
    <li className="card">
      <Cover title={book.title} />
      <div className="card-body">
        <h2>
          <Link href={`/books/${book.id}`}>{book.title}</Link>
        </h2>
        <p className="card-author">{book.author || words.library.noAuthor}</p>
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

function CardState({ book }: { book: BookLine }) {
  const { status, production } = useWords();
  const { done, total } = book.segments;
  const whole = book.status === "done";
  return (
    <div className="card-state">
      <p>
        <span className="status" data-status={book.status}>
          {status[book.status]}
        </span>
        <span>{whole ? production.whole(total) : production.made(done, total)}</span>
      </p>
      {!whole && (
        <ProgressBar
          label={production.label}
          done={done}
          total={total}
          calm={!isUnderWay(book.status)}
        />
      )}
    </div>
  );
}
