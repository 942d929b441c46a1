import { useState } from "react";
import { cancelBook, pauseBook, produceBook } from "@/shared/api/books";
import { isUnderWay } from "@/shared/api/events";
import type { Book } from "@/shared/api/shapes";
import { useWords } from "@/shared/i18n";
import { timeLeft } from "@/shared/time";
import { Notice } from "@/shared/ui/Notice";
import { ProgressBar } from "@/shared/ui/ProgressBar";

interface ProductionPanelProps {
  book: Book;
  onChange: (book: Book) => void;
}

/** How far the making is, how long it takes, and the maker's word in it. */
export function ProductionPanel({ book, onChange }: ProductionPanelProps) {
  const words = useWords();
  const [refused, setRefused] = useState<unknown>(null);
  const [asking, setAsking] = useState(false);
  const ask = async (wish: (id: number) => Promise<Book>) => {
    setAsking(true);
    setRefused(null);
    try {
      onChange(await wish(book.id));
    } catch (error) {
      setRefused(error);
    }
    setAsking(false);
  };
  if (book.status === "done") return null;
  const going = isUnderWay(book.status);
  return (
    <section className="production" aria-label={words.production.label}>
      <div className="production-head">
        <span className="status" data-status={book.status}>
          {words.status[book.status]}
        </span>
        <HowFar book={book} />
      </div>
      <ProgressBar
        label={words.production.label}
        done={book.segments.done}
        total={book.segments.total}
        calm={!going}
      />
      <div className="production-foot">
        <Hint book={book} />
        <div className="production-acts">
          {going ? (
            <>
              <Act label={words.production.pause} off={asking} act={() => void ask(pauseBook)} />
              <Act label={words.production.cancel} off={asking} act={() => void ask(cancelBook)} />
            </>
          ) : (
            <>
              <Act
                label={book.status === "failed" ? words.production.retry : words.production.resume}
                off={asking}
                act={() => void ask(produceBook)}
              />
              {book.status === "paused" && (
                <Act label={words.production.cancel} off={asking} act={() => void ask(cancelBook)} />
              )}
            </>
          )}
        </div>
      </div>
      {refused !== null && <Notice error={refused} />}
    </section>
  );
}

function HowFar({ book }: { book: Book }) {
  const words = useWords().production;
  const { seconds_left } = book;
  const { done, total } = book.segments;
  if (!total) return <p>{words.reading}</p>;
  const left = isUnderWay(book.status) && seconds_left !== null;
  return (
    <p role="status">
      {words.made(done, total)}
      {left && <span className="left"> · {words.left(timeLeft(seconds_left, words))}</span>}
    </p>
  );
}

function Hint({ book }: { book: Book }) {
  const words = useWords().production;
  if (isUnderWay(book.status)) return <p className="faint">{words.hint}</p>;
  if (book.status !== "failed") return <p className="faint">{words.restHint}</p>;
  return (
    <p className="problem">
      {book.problem} {words.restHint}
    </p>
  );
}

function Act({ label, off, act }: { label: string; off: boolean; act: () => void }) {
  return (
    <button type="button" className="button quiet small" disabled={off} onClick={act}>
      {label}
    </button>
  );
}
