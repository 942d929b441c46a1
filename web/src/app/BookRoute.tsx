import { useEffect, useState } from "react";
import { ReaderPage } from "@/features/reader/ReaderPage";
import { Downloads } from "@/features/studio/Downloads";
import { ManuscriptNotes } from "@/features/studio/ManuscriptNotes";
import { ProductionPanel } from "@/features/studio/ProductionPanel";
import { useWords } from "@/shared/i18n";
import { Link, takeNote } from "@/shared/router";
import { Notice } from "@/shared/ui/Notice";
import { useLiveBook } from "@/shared/useLiveBook";

/** A book's page: the reading room with the studio's word on how the making goes. */
export default function BookRoute({ id }: { id: number }) {
  const words = useWords();
  const { book, error, reload, replace } = useLiveBook(id);
  const [atOnce] = useState(() => takeNote() === "listen");
  const title = book?.title;
  useEffect(() => {
    if (!title) return;
    const before = document.title;
    document.title = title;
    return () => {
      document.title = before;
    };
  }, [title]);
  if (book) {
    return (
      <ReaderPage
        book={book}
        atOnce={atOnce}
        production={<ProductionPanel book={book} onChange={replace} />}
        notes={
          <>
            <Downloads book={book} />
            <ManuscriptNotes book={book} />
          </>
        }
      />
    );
  }
  if (error === null) return <p className="loading">{words.reader.loading}</p>;
  return (
    <div className="library">
      <h1 className="empty-title">{words.error.title}</h1>
      <Notice error={error}>
        <button type="button" className="button" onClick={reload}>
          {words.error.again}
        </button>
        <Link href="/" className="button quiet">
          {words.error.toLibrary}
        </Link>
      </Notice>
    </div>
  );
}
