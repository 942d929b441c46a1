import { useState } from "react";
import { deleteBook, type ShelfName, type Sought } from "@/shared/api/books";
import type { BookLine } from "@/shared/api/shapes";
import { useWords } from "@/shared/i18n";
import type { Words } from "@/shared/i18n/ko";
import { Link } from "@/shared/router";
import { useSession } from "@/shared/session";
import { remember } from "@/shared/storage";
import { Confirm } from "@/shared/ui/Confirm";
import { Cover } from "@/shared/ui/Cover";
import { Icon } from "@/shared/ui/Icon";
import { Notice } from "@/shared/ui/Notice";
import { Begun } from "./Begun";
import { useJejuTyping } from "@/shared/useJejuTyping";
import { BookCard } from "./BookCard";
import { ALL, Filters } from "./Filters";
import { useLibrary } from "./useLibrary";

/** The library (서재). */
export function LibraryPage({ shelf }: { shelf: ShelfName }) {
  const words = useWords();
  const { me } = useSession();
  const mayMake = me !== null && me.role !== "listener";
  const [sought, setSought] = useState<Sought>(ALL);
  const [tidy, setTidy] = useState(false);
  const library = useLibrary({ ...sought, search: sought.search.trim() }, shelf);
  const { leaving, setLeaving, refused, remove } = useRemoving(library.reload);
  const seek = (part: Partial<Sought>) => { setSought((before) => ({ ...before, ...part })); };
  const narrowed = Object.entries(sought).some(([name, value]) => name !== "order" && value.trim());
  return (
    <div className="library">
      <Head mayMake={mayMake} />
      <Shelves shelf={shelf} known={me !== null} mayMake={mayMake} />
      {shelf === "mine" && me && !narrowed && <Begun />}
      <Search search={sought.search} found={library.books && library.count} onSearch={(search) => { seek({ search }); }} />
      <Filters shelf={shelf} sought={sought} onSeek={seek} />
      {refused !== null && <Notice error={refused} />}
      {library.error !== null && (
        <Notice error={library.error}>
          <button type="button" className="button" onClick={library.reload}>
            {words.error.again}
          </button>
        </Notice>
      )}
      {shelf === "mine" && (library.books?.length ?? 0) > 0 && (
        <button type="button" className="link tidy" aria-pressed={tidy} onClick={() => { setTidy(!tidy); }}>
          {words.library.tidy}
        </button>
      )}
      <Shelf
        tidy={tidy}
        books={library.books}
        search={sought.search}
        narrowed={narrowed}
        hint={hintFor(words.library, shelf, mayMake)}
        onRemove={shelf === "mine" ? setLeaving : null}
      />
      {library.more && (
        <button type="button" className="button quiet more" onClick={library.showMore}>
          {words.library.more}
        </button>
      )}
      {leaving && (
        <Confirm
          question={words.library.removeAsk(leaving.title)}
          hint={words.library.removeHint}
          yes={words.library.remove}
          no={words.library.keep}
          onYes={() => void remove(leaving)}
          onNo={() => { setLeaving(null); }}
        />
      )}
    </div>
  );
}

function Head({ mayMake }: { mayMake: boolean }) {
  const words = useWords();
  return (
    <div className="page-head">
      <div>
        <h1>{words.library.title}</h1>
        <p className="lead">{words.tagline}</p>
      </div>
      {mayMake && (
        <Link href="/new" className="button primary">
          <Icon name="plus" />
          {words.library.newBook}
        </Link>
      )}
    </div>
  );
}

/** The book that somebody is about to delete. */
function useRemoving(reload: () => void) {
  const [leaving, setLeaving] = useState<BookLine | null>(null);
  const [refused, setRefused] = useState<unknown>(null);
  const remove = async (book: BookLine) => {
    setLeaving(null);
    setRefused(null);
    try {
      await deleteBook(book.id);
      remember(`place.${book.id}`, null);
    } catch (error) {
      setRefused(error);
    }
    reload();
  };
  return { leaving, setLeaving, refused, remove };
}

interface SearchProps {
  search: string;
  /** How many books were found; null while nobody knows. */
  found: number | null;
  onSearch: (search: string) => void;
}

function Search({ search, found, onSearch }: SearchProps) {
  const words = useWords().library;
  const { ref, onChange, onCompositionEnd } = useJejuTyping<HTMLInputElement>(onSearch);
  return (
    <div className="search" role="search">
      <Icon name="search" />
      <input
        type="search"
        aria-label={words.search}
        placeholder={words.searchHint}
        value={search}
        {...{ ref, onChange, onCompositionEnd }}
      />
      <span className="search-count" role="status">
        {found === null ? "" : words.count(found)}
      </span>
    </div>
  );
}

interface ShelfProps {
  /** Bins are shown where nothing hovers. */
  tidy: boolean;
  books: readonly BookLine[] | null;
  search: string;
  /** Not all books are sought. */
  narrowed: boolean;
  /** What to do where there is none. */
  hint: string;
  /** Null for books of others. */
  onRemove: ((book: BookLine) => void) | null;
}

function hintFor(words: Words["library"], shelf: ShelfName, mayMake: boolean): string {
  if (shelf === "public") return words.emptyPublic;
  if (shelf === "shared") return words.emptyShared;
  return mayMake ? words.emptyHint : words.emptyListener;
}

interface ShelvesProps {
  shelf: ShelfName;
  known: boolean;
  mayMake: boolean;
}

function Shelves({ shelf, known, mayMake }: ShelvesProps) {
  const { sharing, lexicon } = useWords();
  const here = (name: ShelfName) => (name === shelf ? ("page" as const) : undefined);
  return (
    <nav className="shelves" aria-label={sharing.shelf}>
      {known && (
        <Link href="/" className="tool" aria-current={here("mine")}>
          {sharing.shelfMine}
        </Link>
      )}
      <Link href="/received" className="tool" aria-current={here("shared")}>
        {sharing.shelfShared}
      </Link>
      <Link href="/public" className="tool" aria-current={here("public")}>
        {sharing.shelfPublic}
      </Link>
      {mayMake && (
        <Link href="/words" className="tool">
          {lexicon.title}
        </Link>
      )}
    </nav>
  );
}

function Shelf({ tidy, books, search, narrowed, hint, onRemove }: ShelfProps) {
  const words = useWords().library;
  if (!books) return <p className="loading">{words.loading}</p>;
  if (!books.length && search) return <p className="loading">{words.nothingFound(search)}</p>;
  if (!books.length && narrowed) return <p className="loading">{words.nothingSuch}</p>;
  if (!books.length) {
    return (
      <div className="empty">
        <Cover title="코소롱" />
        <p className="empty-title">{words.empty}</p>
        <p>{hint}</p>
      </div>
    );
  }
  return (
    <ul className="shelf" data-tidy={tidy || undefined}>
      {books.map((book) => (
        <BookCard key={book.id} book={book} onRemove={onRemove && (() => { onRemove(book); })} />
      ))}
    </ul>
  );
}
