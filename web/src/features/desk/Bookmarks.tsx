import { useCallback, useState } from "react";
import { listBookmarks, removeBookmark, saveBookmark } from "@/shared/api/sharing";
import type { Book } from "@/shared/api/shapes";
import { useWords } from "@/shared/i18n";
import { Notice } from "@/shared/ui/Notice";
import { tellMarks } from "@/shared/useMarks";
import { useItem } from "@/shared/useItem";
import { marksText, saveText } from "./marksFile";
import { useSend } from "@/shared/useSend";

interface BookmarksProps {
  book: Book;
  segment: number;
  onGo: (segment: number, position: number) => void;
}

/** Mark this sentence; go to those that were marked. */
export function Bookmarks({ book, segment, onGo }: BookmarksProps) {
  const words = useWords().desk;
  const { item, reload } = useItem(
    useCallback((signal: AbortSignal) => listBookmarks(book.id, signal), [book.id]),
  );
  const here = item?.find((one) => one.segment === segment);
  const [note, setNote] = useState("");
  const { send, sending, refused } = useSend();
  const turn = () => {
    // A button that is switched off would lose the focus, and with it the keyboard.
    if (sending || !item) return;
    void send(async () => {
      if (here) await removeBookmark(book.id, here.id);
      else await saveBookmark(book.id, segment, note);
      setNote("");
      reload();
      tellMarks(book.id);
    });
  };
  return (
    <details className="fold">
      <summary>
        {words.bookmarks}
        {item?.length ? ` (${item.length})` : ""}
      </summary>
      <ul className="marks">
        {item?.map((one) => (
          <li key={one.id}>
            <button type="button" className="link" onClick={() => { onGo(one.segment, one.position); }}>
              {words.sentence(one.position + 1)}
            </button>{" "}
            <span lang="jje">{one.text}</span> <span className="faint">{one.note}</span>
          </li>
        ))}
      </ul>
      {refused !== null && <Notice error={refused} />}
      <div className="acts">
        {!here && (
          <input
            aria-label={words.note}
            placeholder={words.note}
            value={note}
            maxLength={500}
            onChange={(event) => { setNote(event.target.value); }}
          />
        )}
        <button type="button" className="button small" aria-disabled={sending || !item} onClick={turn}>
          {here ? words.bookmarkBack : words.bookmark}
        </button>
        {item && item.length > 0 && (
          <button
            type="button"
            className="button small quiet"
            onClick={() => { saveText(`${book.title}.md`, marksText(book.title, item, words.sentence)); }}
          >
            {words.bookmarksSave}
          </button>
        )}
      </div>
    </details>
  );
}
