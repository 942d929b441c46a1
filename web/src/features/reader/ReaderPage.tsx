import type { ReactNode, RefObject } from "react";
import { useEffect, useMemo, useRef, useState } from "react";
import { isUnderWay } from "@/shared/api/events";
import type { Book } from "@/shared/api/shapes";
import { useWords } from "@/shared/i18n";
import { useSetting } from "@/shared/settings";
import { useStore } from "@/shared/store";
import { Near } from "@/shared/ui/Near";
import { turnMark, useMarks } from "@/shared/useMarks";
import { chapterAt, chaptersOf, type ShownChapter } from "./chapters";
import { ChapterText } from "./ChapterText";
import { BookHead, ChapterHead } from "./Heads";
import type { Lines } from "./feed";
import type { Player } from "./player";
import { PlayerBar } from "./PlayerBar";
import { Shortcuts } from "./Shortcuts";
import { Toolbar } from "./Toolbar";
import { useFollow } from "./useFollow";
import { useKeys } from "./useKeys";
import { useLines } from "./useLines";
import { useMediaSession } from "./useMediaSession";
import { startOf } from "./place";
import { usePlace } from "./usePlace";
import { usePlayer } from "./usePlayer";
import { type Reading, useReading } from "./useReading";
import { useTimeline } from "./useTimeline";
import { useWide } from "./useWide";
import { useWindow } from "./useWindow";

interface ReaderPageProps {
  book: Book;
  /** Begin to read as soon as there is something to hear. */
  atOnce: boolean;
  /** How the making goes, from the studio. */
  production: ReactNode;
  /** What stands below every chapter: files to take away, who else may read; more after the end. */
  notes: (go: (segment: number, position: number) => void, last: boolean) => ReactNode;
  /** How often sentences were changed since the page was opened. */
  edits: number;
  /** What can be done with a sentence; null for whoever may only read. */
  desk: ((sentence: Sentence) => ReactNode) | null;
}

/** A sentence on the desk. */
export interface Sentence {
  id: number;
  go: (segment: number, position: number) => void;
  close: () => void;
}

/** The reading room. */
export function ReaderPage({ book, atOnce, production, notes, edits, desk }: ReaderPageProps) {
  const { lines, want } = useLines(book, edits);
  const [onDesk, setOnDesk] = useState<number | null>(null);
  const [start] = useState(() => startOf(book));
  const player = usePlayer(lines, start);
  const reading = useReading();
  const [spacing, grain] = [useSetting("spacing"), useSetting("grain")];
  const text = useRef<HTMLDivElement>(null);
  const chapters = useMemo(() => chaptersOf(book), [book]);
  const timeline = useTimeline(book, lines);
  const { number, shown, reveal } = useChapter(chapters, lines, player, text, reading);
  const chapter = chapters[number];
  const index = useStore(player.spot, (spot) => spot.index);
  useEffect(() => {
    want(shown.from, shown.to, index);
  }, [want, shown.from, shown.to, index]);
  const place = usePlace(book, lines, player, desk !== null);
  const [keysShown, setKeysShown] = useState(false);
  const marks = useMarks(book.id, desk !== null);
  useFollow(player, text, reveal);
  useMediaSession(book, chapter?.title ?? "", player, timeline);
  useBegin(atOnce, player);
  const turn = (to: number) => {
    player.seek(chapters[to]?.first ?? 0);
    window.scrollTo(0, 0);
  };
  const turnDesk = () => {
    const here = lines[player.spot.get().index]?.id ?? null;
    if (onDesk === null) player.pause();
    setOnDesk(onDesk === here ? null : here);
  };
  useKeys(player, timeline, {
    desk: desk && turnDesk,
    mark: desk && (() => { void turnMark(book.id, lines[player.spot.get().index]?.id, marks.get(player.spot.get().index)); }),
    list: () => { setKeysShown(true); },
  });
  const goTo = (_: number, position: number) => { player.seek(position); };
  const go = (segment: number, position: number) => {
    player.seek(position);
    setOnDesk(segment);
  };
  return (
    <div className="reader" data-size={reading.size} data-spacing={spacing} data-grain={grain} data-desk={onDesk !== null || undefined}>
      <Toolbar
        book={book}
        {...{ reading, chapters, number }}
        onChoose={turn}
        onGo={goTo}
        onDesk={desk && turnDesk}
        deskOpen={onDesk !== null}
        onKeys={() => { setKeysShown(true); }}
      />
      {production}
      <article className="page" ref={text} aria-label={book.title}>
        {number === 0 && <BookHead book={book} first={lines[0]} />}
        {chapter && (
          <ChapterHead chapter={chapter} first={lines[chapter.first]} book={book.title} alone={chapters.length === 1} />
        )}
        <ChapterText {...{ lines, shown, player, marks }} korean={reading.korean} />
        <Turn
          number={number}
          count={chapters.length}
          synthetic={lines.some((line) => line?.audio && !line.human)}
          onTurn={turn}
        />
        {lines.some(Boolean) && <Near key={number}>{notes(go, number === chapters.length - 1)}</Near>}
      </article>
      {keysShown && <Shortcuts onClose={() => { setKeysShown(false); }} />}
      {desk && onDesk !== null && desk({ id: onDesk, go, close: () => { setOnDesk(null); } })}
      <PlayerBar {...{ player, timeline, lines, place, chapter }} coming={isUnderWay(book.status)} />
    </div>
  );
}

/** The chapter that is read, and what of it stands in the page. */
function useChapter(
  chapters: readonly ShownChapter[],
  lines: Lines,
  player: Player,
  text: RefObject<HTMLElement | null>,
  { size, korean }: Reading,
) {
  const number = useStore(player.spot, (spot) => chapterAt(chapters, spot.index));
  const wide = useWide();
  const spacing = useSetting("spacing");
  const look = `${size} ${spacing} ${String(korean)} ${String(wide)}`;
  const { shown, reveal } = useWindow(chapters[number], lines, player, text, look);
  return { number, shown, reveal };
}

function useBegin(atOnce: boolean, player: Player): void {
  const begun = useRef(false);
  useEffect(() => {
    if (!atOnce || begun.current) return;
    begun.current = true;
    player.play();
  }, [atOnce, player]);
}

interface TurnProps {
  number: number;
  count: number;
  /** Whether a machine is heard in the book. */
  synthetic: boolean;
  onTurn: (chapter: number) => void;
}

function Turn({ number, count, synthetic, onTurn }: TurnProps) {
  const words = useWords().reader;
  if (!count) return null;
  const last = number === count - 1;
  return (
    <footer className="turn">
      {number > 0 && (
        <button type="button" className="button quiet" onClick={() => { onTurn(number - 1); }}>
          {words.previousChapter}
        </button>
      )}
      {last ? (
        <p className="the-end">{words.theEnd}</p>
      ) : (
        <button type="button" className="button quiet" onClick={() => { onTurn(number + 1); }}>
          {words.nextChapter}
        </button>
      )}
      {last && synthetic && <p className="synthetic">{words.synthetic}</p>}
    </footer>
  );
}
