import type { ReactNode } from "react";
import type { Book, Bookmark } from "@/shared/api/shapes";
import { useWords } from "@/shared/i18n";
import { Link } from "@/shared/router";
import { useSession } from "@/shared/session";
import { Icon } from "@/shared/ui/Icon";
import type { ShownChapter } from "./chapters";
import { Contents } from "./Contents";
import { Find } from "./Find";
import { Looks } from "./Looks";
import type { Timeline } from "./timeline";
import type { Reading } from "./useReading";

interface ToolbarProps {
  book: Book;
  reading: Reading;
  chapters: readonly ShownChapter[];
  number: number;
  timeline: Timeline;
  marks: ReadonlyMap<number, Bookmark>;
  onChoose: (chapter: number) => void;
  onGo: (segment: number, position: number) => void;
  /** Put the current sentence on the desk, or away; null for whoever may only read. */
  onDesk: (() => void) | null;
  deskOpen: boolean;
  /** Show the list of keys. */
  onKeys: () => void;
  /** Show who else may read the book; null where that is not ours to say. */
  onShare: (() => void) | null;
  dial: ReactNode;
}

/** What is above the text: the way back, the contents, and how the page looks. */
export function Toolbar(props: ToolbarProps) {
  const { book, reading, chapters, number, timeline, marks, onChoose, onGo, onDesk, deskOpen, onKeys, onShare, dial } = props;
  const { reader: words, desk, sharing } = useWords();
  const { korean, setKorean } = reading;
  const known = useSession().me !== null;
  return (
    <div className="toolbar">
      <Link href={known ? "/" : book.visibility === "public" ? "/public" : "/received"} className="tool">
        <Icon name="back" />
        <span>{words.back}</span>
      </Link>
      <h1 className="toolbar-title">{book.title}</h1>
      <div className="toolbar-tools">
        <button
          type="button"
          className="tool"
          aria-label={words.korean}
          title={words.korean}
          aria-pressed={korean}
          onClick={() => { setKorean(!korean); }}
        >
          <span className="beside">한</span>
        </button>
        <Looks {...{ reading, onKeys, onShare, dial }} />
        {onDesk && (
          <button
            type="button"
            className="tool"
            aria-label={desk.open}
            title={desk.open}
            aria-pressed={deskOpen}
            onClick={onDesk}
          >
            <Icon name="pen" />
          </button>
        )}
        {onShare && (
          <button type="button" className="tool wide-only" aria-label={sharing.share} title={sharing.share} onClick={onShare}>
            <Icon name="share" />
          </button>
        )}
        <Find book={book.id} onGo={onGo} />
        <Contents {...{ chapters, timeline, marks, onChoose, onGo }} current={number} />
      </div>
    </div>
  );
}
