import type { Book } from "@/shared/api/shapes";
import { useWords } from "@/shared/i18n";
import type { ShownChapter } from "./chapters";
import type { Line } from "./lines";

interface BookHeadProps {
  book: Book;
  /** The first line of the book, as far as it is known. */
  first: Line | undefined;
}

/** The title page; a text that begins with its own title is not given it twice. */
export function BookHead({ book, first }: BookHeadProps) {
  const words = useWords().reader;
  const titled = first?.kind === "heading" && first.korean === book.title;
  return (
    <header className="book-head">
      {!titled && <p className="book-title">{book.title}</p>}
      {book.author && <p>{book.author}</p>}
      {book.narrator && <p>{words.readBy(book.narrator)}</p>}
      {book.description && <p className="book-about">{book.description}</p>}
    </header>
  );
}

interface ChapterHeadProps {
  chapter: ShownChapter;
  /** Its first line, as far as it is known. */
  first: Line | undefined;
  /** Title of the book, which stands above its first chapter already. */
  book: string;
  /** Whether the book has no other. */
  alone: boolean;
}

/** The chapter's name, hidden from the eye where the text itself begins with it. */
export function ChapterHead({ chapter, first, book, alone }: ChapterHeadProps) {
  const words = useWords().reader;
  const spoken = first?.kind === "heading" || (chapter.first === 0 && chapter.title === book);
  const name = chapter.title || (alone ? "" : words.chapter(chapter.id + 1));
  if (!name) return null;
  return <h2 className={spoken ? "unseen" : "chapter-name"}>{name}</h2>;
}
