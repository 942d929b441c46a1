import { useCallback, useEffect, useRef, useState } from "react";
import { LoginPage } from "@/features/account/LoginPage";
import { NarrationPanel } from "@/features/desk/NarrationPanel";
import { SentenceDesk } from "@/features/desk/SentenceDesk";
import { Waiting } from "@/features/desk/Waiting";
import { ReaderPage } from "@/features/reader/ReaderPage";
import { ReportForm } from "@/features/sharing/ReportForm";
import { ShareDialog, ShareLine } from "@/features/sharing/SharePanel";
import { DetailsForm } from "@/features/studio/DetailsForm";
import { Dial } from "@/features/studio/Dial";
import { Downloads } from "@/features/studio/Downloads";
import { ManuscriptNotes } from "@/features/studio/ManuscriptNotes";
import { ProductionPanel } from "@/features/studio/ProductionPanel";
import { isUnderWay } from "@/shared/api/events";
import { ApiError } from "@/shared/api/http";
import type { Book } from "@/shared/api/shapes";
import { useWords } from "@/shared/i18n";
import { Link, takeNote } from "@/shared/router";
import { tellTabs, useTabs } from "@/shared/tabs";
import { useSession } from "@/shared/session";
import { Notice } from "@/shared/ui/Notice";
import { useLiveBook } from "@/shared/useLiveBook";
import { useWhenSeen } from "@/shared/useWhenSeen";

interface BookRouteProps {
  id: number;
  /** Another page is shown: only a small player stays. */
  away: boolean;
  onListening: (listening: boolean) => void;
}

/**
 * A book's page: the reading room, how the making goes, what can be done with a sentence, and who
 * else may read.
 */
export default function BookRoute({ id, away, onListening }: BookRouteProps) {
  const words = useWords();
  const { me } = useSession();
  const [edits, setEdits] = useState(0);
  const { book, error, reload, replace } = useLiveBook(id);
  const [atOnce] = useState(() => takeNote() === "listen");
  const changed = useCallback(() => {
    setEdits((count) => count + 1);
    reload();
  }, [reload]);
  const change = useCallback(() => {
    changed();
    tellTabs({ changed: id });
  }, [changed, id]);
  const [sharing, setSharing] = useState(false);
  const share = () => { setSharing(true); };
  const title = book?.title;
  useEffect(() => {
    if (!away) document.title = title ? `${title} · ${words.name}` : words.name;
  }, [title, words, away]);
  useOtherTabs(id, changed);
  useOtherDevices(book, reload, changed);
  if (book) {
    return (
      <>
        <ReaderPage
          {...{ book, away, onListening }}
          onShare={book.mine ? share : null}
          dial={book.mine && book.language === "ko" && <Dial key={book.strength} book={book} onChange={replace} />}
          atOnce={atOnce}
          production={book.mine && <ProductionPanel book={book} onChange={replace} />}
          edits={edits}
          desk={
            me &&
            (({ id: segment, go, close }) => (
              <SentenceDesk {...{ book, segment }} onChange={change} onGo={go} onClose={close} />
            ))
          }
          notes={(go, last) => (
            <>
              <Waiting {...{ book, edits }} onGo={go} />
              <Downloads book={book} />
              {last && <ManuscriptNotes book={book} />}
              {book.mine ? (
                <>
                  <NarrationPanel book={book} onChange={change} />
                  <DetailsForm book={book} onChange={reload} />
                  <ShareLine book={book} onShare={share} />
                </>
              ) : (
                <ReportForm book={book} />
              )}
            </>
          )}
        />
        {sharing && !away && <ShareDialog book={book} onChange={reload} onClose={() => { setSharing(false); }} />}
      </>
    );
  }
  if (away) return null;
  if (error === null) return <p className="loading">{words.reader.loading}</p>;
  if (!me && error instanceof ApiError && error.status === 401) return <LoginPage lead={words.sharing.notShown} />;
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

/** What another tab changed of this book is seen here at once. */
function useOtherTabs(id: number, changed: () => void): void {
  useTabs((told) => {
    if (told.changed === id) changed();
  });
}

/** What somebody changed elsewhere is seen when the page comes to the front. */
function useOtherDevices(book: Book | null, reload: () => void, changed: () => void): void {
  useWhenSeen(reload);
  const known = useRef<number | null>(null);
  const resting = book !== null && !isUnderWay(book.status);
  const revision = resting ? book.revision : null;
  useEffect(() => {
    if (revision !== null && known.current !== null && revision !== known.current) changed();
    known.current = revision;
  }, [revision, changed]);
}
