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
import { SmallPlayer } from "./SmallPlayer";
import { Toolbar } from "./Toolbar";
import { useFollow } from "./useFollow";
import { useHold } from "./useHold";
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
import { useWord } from "./useWord";
import { WordCard } from "./WordCard";

interface ReaderPageProps {
  book: Book;
  /** Another page is shown: of the room only a small player stays. */
  away: boolean;
  /** Whether something is read, so that the room has to stay when one leaves it. */
  onListening: (listening: boolean) => void;
  /** Show who else may read the book; null where that is not ours to say. */
  onShare: (() => void) | null;
  /** How much of the text is Jeju, for whoever may choose it. */
  dial: ReactNode;
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
export function ReaderPage(props: ReaderPageProps) {
  const { book, away, atOnce, production, notes, edits, desk } = props;
  const { lines, want } = useLines(book, edits);
  const [start] = useState(() => startOf(book, window.location.hash.slice(1)));
  const player = usePlayer(lines, start);
  const reading = useReading();
  const text = useRef<HTMLDivElement>(null);
  const chapters = useMemo(() => chaptersOf(book), [book]);
  const timeline = useTimeline(book, lines);
  const { number, shown, reveal } = useChapter(chapters, lines, player, text, reading, away);
  const chapter = chapters[number];
  const index = useStore(player.spot, (spot) => spot.index);
  useEffect(() => {
    want(shown.from, shown.to, index);
  }, [want, shown.from, shown.to, index]);
  const place = usePlace(book, lines, player, desk !== null);
  const [keysShown, setKeysShown] = useState(false);
  const marks = useMarks(book.id, desk !== null);
  const hand = useWord(player, lines);
  const { onDesk, setOnDesk, turnDesk, go, correct } = useDesk(player, lines, desk !== null, hand.drop);
  useFollow(player, text, reveal, away);
  useMediaSession(book, chapter?.title ?? "", player, timeline);
  useBegin(atOnce, player);
  useHold(text, correct, away);
  useStaying(player, away, props.onListening);
  const turn = (to: number) => {
    player.seek(chapters[to]?.first ?? 0);
    window.scrollTo(0, 0);
  };
  const showKeys = () => { setKeysShown(true); };
  useKeys(player, timeline, {
    desk: turnDesk,
    word: () => { hand.take(player.spot.get().index, Math.max(player.spot.get().word, 0)); },
    mark: desk && (() => { void turnMark(book.id, lines[player.spot.get().index]?.id, marks.get(player.spot.get().index)); }),
    list: showKeys,
  }, away);
  const goTo = (_: number, position: number) => {
    hand.drop();
    player.seek(position);
  };
  if (away) {
    return <SmallPlayer {...{ book, player }} chapter={chapter?.title ?? ""} onClose={() => { props.onListening(false); }} />;
  }
  return (
    <Room reading={reading} desk={onDesk !== null} corrects={desk !== null}>
      <Toolbar {...{ book, reading, chapters, number, timeline, marks }} onChoose={turn} onGo={goTo} onDesk={turnDesk} deskOpen={onDesk !== null} onKeys={showKeys} onShare={props.onShare} dial={props.dial} />
      {production}
      <article className="page" ref={text} aria-label={book.title}>
        {number === 0 && <BookHead book={book} first={lines[0]} />}
        {chapter && (
          <ChapterHead chapter={chapter} first={lines[chapter.first]} book={book.title} alone={chapters.length === 1} />
        )}
        <ChapterText {...{ lines, shown, player, marks }} korean={reading.korean} onWord={hand.take} />
        <Turn
          number={number}
          count={chapters.length}
          synthetic={lines.some((line) => line?.audio && !line.human)}
          onTurn={turn}
        />
        {lines.some(Boolean) && <Near key={number}>{notes(go, number === chapters.length - 1)}</Near>}
      </article>
      {keysShown && <Shortcuts onClose={() => { setKeysShown(false); }} />}
      {hand.tapped && (
        <WordCard
          {...{ hand, player }}
          book={book.id}
          line={lines[hand.tapped.index]}
          onGo={goTo}
          onCorrect={correct}
        />
      )}
      {desk && onDesk !== null && desk({ id: onDesk, go, close: () => { setOnDesk(null); } })}
      <PlayerBar {...{ player, timeline, lines, place, chapter }} coming={isUnderWay(book.status)} />
    </Room>
  );
}

interface RoomProps {
  reading: Reading;
  /** Whether a sentence lies on the desk, and whether one may. */
  desk: boolean;
  corrects: boolean;
  children: ReactNode;
}

/** The room itself, as its listener likes it. */
function Room({ reading, desk, corrects, children }: RoomProps) {
  const [spacing, grain] = [useSetting("spacing"), useSetting("grain")];
  return (
    <div
      className="reader"
      data-size={reading.size}
      data-spacing={spacing}
      data-grain={grain}
      data-desk={desk || undefined}
      data-corrects={corrects || undefined}
    >
      {children}
    </div>
  );
}

/** What lies on the desk; who may not correct anything has none. */
function useDesk(player: Player, lines: Lines, may: boolean, dropWord: () => void) {
  const [onDesk, setOnDesk] = useState<number | null>(null);
  const turnDesk = () => {
    const here = lines[player.spot.get().index]?.id ?? null;
    if (onDesk === null) player.pause();
    setOnDesk(onDesk === here ? null : here);
  };
  const go = (segment: number, position: number) => {
    player.seek(position);
    setOnDesk(segment);
  };
  const correct = (position: number) => {
    const line = lines[position];
    dropWord();
    if (line) go(line.id, position);
  };
  return { onDesk, setOnDesk, turnDesk: may ? turnDesk : null, go, correct: may ? correct : null };
}

/** The chapter that is read, and what of it stands in the page. */
function useChapter(
  chapters: readonly ShownChapter[],
  lines: Lines,
  player: Player,
  text: RefObject<HTMLElement | null>,
  { size, korean }: Reading,
  away: boolean,
) {
  const number = useStore(player.spot, (spot) => chapterAt(chapters, spot.index));
  const wide = useWide();
  const spacing = useSetting("spacing");
  const look = `${size} ${spacing} ${String(korean)} ${String(wide)}`;
  const { shown, reveal } = useWindow(chapters[number], lines, player, text, look, away);
  return { number, shown, reveal };
}

/** Tell whether the room has to stay when one leaves it; away, it stays until it is closed. */
function useStaying(player: Player, away: boolean, tell: (listening: boolean) => void): void {
  const latest = useRef(tell);
  useEffect(() => {
    latest.current = tell;
  });
  const phase = useStore(player.spot, (spot) => spot.phase);
  useEffect(() => {
    if (!away) latest.current(phase !== "paused");
  }, [away, phase]);
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
