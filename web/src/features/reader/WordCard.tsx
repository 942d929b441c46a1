import { useCallback, useEffect, useRef } from "react";
import { lookUp } from "@/shared/api/lexicon";
import { findSegments } from "@/shared/api/segments";
import type { LexiconRow as Row } from "@/shared/api/shapes";
import { useWords } from "@/shared/i18n";
import { Icon } from "@/shared/ui/Icon";
import { LexiconRow } from "@/shared/ui/LexiconRow";
import { useItem } from "@/shared/useItem";
import type { Line } from "./lines";
import type { Player } from "./player";
import type { WordInHand } from "./useWord";
import { bare, koreanOf } from "./words";

const MOST_PLACES = 5;

interface WordCardProps {
  book: number;
  hand: WordInHand;
  /** The sentence that the word stands in. */
  line: Line | undefined;
  player: Player;
  onGo: (segment: number, position: number) => void;
  /** Put the sentence on the desk; null for whoever may only read. */
  onCorrect: ((position: number) => void) | null;
}

/** What is known of the word that was pressed. */
export function WordCard({ book, hand, line, player, onGo, onCorrect }: WordCardProps) {
  const words = useWords().reader;
  const card = useRef<HTMLElement>(null);
  const { tapped, take, again, drop } = hand;
  const timed = tapped && line?.words[tapped.word];
  useEffect(() => {
    card.current?.focus({ preventScroll: true });
  }, [tapped?.index]);
  if (!tapped || !line || !timed) return null;
  const word = bare(timed.text);
  const korean = koreanOf(line.korean, line.links, tapped.word);
  return (
    <aside
      className="word-card"
      ref={card}
      tabIndex={-1}
      aria-label={words.word}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        drop();
        document.querySelector<HTMLElement>(`[data-segment="${tapped.index}"]`)?.focus({ preventScroll: true });
      }}
    >
      <div className="word-head">
        <button type="button" className="round small" aria-label={words.wordBefore} disabled={tapped.word === 0} onClick={() => { take(tapped.index, tapped.word - 1); }}>
          <Icon name="back" />
        </button>
        <button type="button" className="word-say" title={words.wordAgain} onClick={again}>
          <Icon name="sound" />
          <span lang="jje">{word || timed.text}</span>
          <span className="unseen">{words.wordAgain}</span>
        </button>
        <button type="button" className="round small" aria-label={words.wordAfter} disabled={tapped.word >= line.words.length - 1} onClick={() => { take(tapped.index, tapped.word + 1); }}>
          <Icon name="on" />
        </button>
        <button type="button" className="round small" aria-label={words.wordClose} onClick={drop}>
          <Icon name="close" />
        </button>
      </div>
      {korean && (
        <p className="word-korean" lang="ko">
          {korean}
        </p>
      )}
      <Meaning key={`meaning ${word}`} word={word} />
      <Places key={`places ${word}`} {...{ book, word, onGo }} here={line.id} />
      <div className="acts">
        <button type="button" className="button small" onClick={() => { player.play(); }}>
          {words.wordPlay}
        </button>
        {onCorrect && (
          <button type="button" className="button small quiet" onClick={() => { onCorrect(tapped.index); }}>
            {words.wordCorrect}
          </button>
        )}
      </div>
    </aside>
  );
}

const none: Row[] = [];

/** Rows of the lexicon; nothing where it does not know the word, or this service has none. */
function Meaning({ word }: { word: string }) {
  const words = useWords().reader;
  const { item } = useItem(
    useCallback((signal: AbortSignal) => (word ? lookUp(word, signal).catch(() => none) : Promise.resolve(none)), [word]),
  );
  if (!item?.length) return null;
  return (
    <section className="word-rows" aria-label={words.lexicon}>
      {item.map((row) => (
        <div key={`${row.korean} ${row.part_of_speech} ${row.sense}`}>
          <LexiconRow row={row} />
        </div>
      ))}
    </section>
  );
}

interface PlacesProps {
  book: number;
  word: string;
  /** The sentence that it was pressed in. */
  here: number;
  onGo: (segment: number, position: number) => void;
}

/** Other sentences of the book that have the word. */
function Places({ book, word, here, onGo }: PlacesProps) {
  const words = useWords().reader;
  const { item } = useItem(
    useCallback(
      (signal: AbortSignal) => (word ? findSegments(book, word, signal).catch(() => null) : Promise.resolve(null)),
      [book, word],
    ),
  );
  const others = item?.results.filter(({ id }) => id !== here) ?? [];
  if (!others.length) return null;
  return (
    <details className="word-places">
      <summary>{words.wordElsewhere((item?.count ?? 1) - 1)}</summary>
      <ol>
        {others.slice(0, MOST_PLACES).map((one) => (
          <li key={one.id}>
            <button type="button" lang="jje" onClick={() => { onGo(one.id, one.position); }}>
              {one.text}
            </button>
          </li>
        ))}
      </ol>
    </details>
  );
}
