import type { ReactNode } from "react";
import { useCallback, useEffect, useRef } from "react";
import { listCorrections, readSegment } from "@/shared/api/corrections";
import type { Book, Correction, Segment } from "@/shared/api/shapes";
import { useWords } from "@/shared/i18n";
import { Icon } from "@/shared/ui/Icon";
import { Notice } from "@/shared/ui/Notice";
import { useItem } from "@/shared/useItem";
import { Bookmarks } from "./Bookmarks";
import { CorrectForm, KoreanForm } from "./CorrectForm";
import { Corrections } from "./Corrections";
import { Doubts } from "./Doubts";
import { History } from "./History";
import { VoiceForm } from "./VoiceForm";

interface SentenceDeskProps {
  book: Book;
  segment: number;
  /** Something of the book was changed: read it again. */
  onChange: () => void;
  onGo: (segment: number, position: number) => void;
  onClose: () => void;
}

/** Everything that can be done with one sentence, beside the text. */
export function SentenceDesk({ book, segment, onChange, onGo, onClose }: SentenceDeskProps) {
  const words = useWords().desk;
  const { item, error, reload, take } = useItem(
    useCallback((signal: AbortSignal) => readSegment(book.id, segment, signal), [book.id, segment]),
    // A sentence may say something else when its book was changed, or made anew.
    `${book.status} ${book.revision}`,
  );
  const sheet = useFocus(onClose);
  const changed = (now?: Segment) => {
    if (now) take(now);
    else reload();
    onChange();
  };
  return (
    <aside className="desk" aria-label={words.title} ref={sheet} tabIndex={-1}>
      <div className="desk-head">
        <h2>{words.title}</h2>
        <button type="button" className="round small" aria-label={words.close} onClick={onClose}>
          <Icon name="close" />
        </button>
      </div>
      {error !== null && <Notice error={error} />}
      {item && (
        <Sheet key={item.id} book={book} segment={item} onChange={changed} onGo={onGo} />
      )}
    </aside>
  );
}

/** The keyboard goes where the desk opens, and back where it came from; Escape closes. */
function useFocus(onClose: () => void) {
  const sheet = useRef<HTMLElement>(null);
  const close = useRef(onClose);
  useEffect(() => {
    close.current = onClose;
  }, [onClose]);
  useEffect(() => {
    const before = document.activeElement;
    sheet.current?.focus({ preventScroll: true });
    const pressed = (event: KeyboardEvent) => {
      if (event.key === "Escape") close.current();
    };
    const shown = sheet.current;
    shown?.addEventListener("keydown", pressed);
    return () => {
      shown?.removeEventListener("keydown", pressed);
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, []);
  return sheet;
}

interface SheetProps {
  book: Book;
  segment: Segment;
  onChange: (now?: Segment) => void;
  onGo: (segment: number, position: number) => void;
}

function Sheet({ book, segment, onChange, onGo }: SheetProps) {
  const words = useWords().desk;
  const corrections = useItem(
    useCallback(
      (signal: AbortSignal) => listCorrections(book.id, segment.id, signal),
      [book.id, segment.id],
    ),
  );
  const changed = () => {
    corrections.reload();
    onChange();
  };
  return (
    <>
      <p lang="jje" className="desk-text">
        {segment.text}
      </p>
      <p lang="ko" className="faint">
        {segment.beside}
      </p>
      <Doubts segment={segment} />
      <Variants items={corrections.item ?? []} />
      <Bookmarks book={book} segment={segment.id} onGo={onGo} />
      <CorrectForm key={`${segment.text} ${segment.spoken}`} {...{ book, segment }} onChange={changed} />
      <Fold title={words.corrections} count={corrections.item?.length}>
        {corrections.error !== null && <Notice error={corrections.error} />}
        <Corrections book={book} items={corrections.item ?? []} onChange={changed} />
      </Fold>
      {book.mine && (
        <>
          <Fold title={words.voice}>
            <VoiceForm {...{ book, segment }} onChange={() => { onChange(); }} />
          </Fold>
          <Fold title={words.korean}>
            <KoreanForm key={segment.beside} {...{ book, segment, onChange }} />
          </Fold>
          <Fold title={words.history}>
            <History key={`${segment.text} ${segment.spoken}`} {...{ book, segment }} onChange={changed} />
          </Fold>
        </>
      )}
    </>
  );
}

/** How the same is said elsewhere: kept beside the text, side by side. */
function Variants({ items }: { items: readonly Correction[] }) {
  const words = useWords().desk;
  const kept = items.filter(({ state }) => state === "variant");
  if (!kept.length) return null;
  return (
    <dl className="variants" aria-label={words.variants}>
      {kept.map(({ id, text, region, village }) => (
        <div key={id}>
          <dt className="faint">{[region, village].filter(Boolean).join(" ") || words.variant}</dt>
          <dd lang="jje">{text}</dd>
        </div>
      ))}
    </dl>
  );
}

function Fold({ title, count, children }: { title: string; count?: number | undefined; children: ReactNode }) {
  return (
    <details className="fold">
      <summary>
        {title}
        {count ? ` (${count})` : ""}
      </summary>
      {children}
    </details>
  );
}
