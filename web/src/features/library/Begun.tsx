import { listBegun } from "@/shared/api/books";
import type { BookLine } from "@/shared/api/shapes";
import { useWords } from "@/shared/i18n";
import { navigate } from "@/shared/router";
import { Cover } from "@/shared/ui/Cover";
import { Icon } from "@/shared/ui/Icon";
import { useItem } from "@/shared/useItem";
import { useWhenSeen } from "@/shared/useWhenSeen";
import { heardPart, HeardBar } from "./Heard";

/** The books that somebody was listening to, to go on with one press. */
export function Begun() {
  const words = useWords().library;
  const { item, reload } = useItem(listBegun);
  useWhenSeen(reload);
  if (!item?.length) return null;
  return (
    <section className="begun" aria-label={words.begun}>
      <h2>{words.begun}</h2>
      <ul>
        {item.map((book) => (
          <li key={book.id}>
            <Last book={book} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Last({ book }: { book: BookLine }) {
  const words = useWords().library;
  return (
    <button type="button" className="begun-book" onClick={() => { navigate(`/books/${book.id}`, "listen"); }}>
      <Cover title={book.title} src={book.cover} />
      <span className="begun-words">
        <span className="unseen">{words.goOn} </span>
        <span className="begun-title">{book.title}</span>
        <span className="faint">{words.heard(Math.round(heardPart(book) * 100))}</span>
        <HeardBar book={book} />
      </span>
      <span className="begun-play">
        <Icon name="play" />
      </span>
    </button>
  );
}
