import type { Book } from "@/shared/api/shapes";
import { useWords } from "@/shared/i18n";
import { Link } from "@/shared/router";
import { Icon } from "@/shared/ui/Icon";
import type { ShownChapter } from "./chapters";
import { Contents } from "./Contents";
import type { Reading } from "./useReading";
import { SIZES } from "./useReading";

interface ToolbarProps {
  book: Book;
  reading: Reading;
  chapters: readonly ShownChapter[];
  number: number;
  onChoose: (chapter: number) => void;
}

/** What is above the text: the way back, the contents, and how the page looks. */
export function Toolbar({ book, reading, chapters, number, onChoose }: ToolbarProps) {
  const words = useWords().reader;
  const { size, setSize, korean, setKorean } = reading;
  return (
    <div className="toolbar">
      <Link href="/" className="tool">
        <Icon name="back" />
        <span>{words.back}</span>
      </Link>
      <h1 className="toolbar-title">{book.title}</h1>
      <div className="toolbar-tools">
        <button
          type="button"
          className="tool letter"
          aria-label={words.smaller}
          disabled={size === 0}
          onClick={() => { setSize(size - 1); }}
        >
          <span className="small">가</span>
        </button>
        <button
          type="button"
          className="tool letter"
          aria-label={words.larger}
          disabled={size === SIZES - 1}
          onClick={() => { setSize(size + 1); }}
        >
          <span className="large">가</span>
        </button>
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
        <Contents chapters={chapters} current={number} onChoose={onChoose} />
      </div>
    </div>
  );
}
