import type { KeyboardEvent, MouseEvent } from "react";
import { memo, useMemo } from "react";
import { useStore } from "@/shared/store";
import type { Line } from "./lines";
import type { Player } from "./player";
import { tappedWord } from "./tapped";
import { linkedTo, NO_WORD, placeWords, wordsOf } from "./words";

const ELSEWHERE = -2;

/** The word lit in this sentence; ELSEWHERE while another one is read. */
function useLit(player: Player, index: number): number {
  return useStore(player.spot, (spot) => (spot.index === index ? spot.word : ELSEWHERE));
}

interface SentenceProps {
  line: Line;
  index: number;
  player: Player;
}

interface JejuProps extends SentenceProps {
  /** What the listener wrote beside it, "" for a mark alone; undefined where there is none. */
  mark: string | undefined;
  /** A word of it was pressed, NO_WORD for none. */
  onWord: (index: number, word: number) => void;
}

/** Up and down go from sentence to sentence, Enter reads the one that has the focus. */
function step(event: KeyboardEvent<HTMLElement>, read: () => void): void {
  const to = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.key === "Enter") read();
  else if (to === undefined) return;
  event.preventDefault();
  if (to === undefined) return;
  const all = [...document.querySelectorAll<HTMLElement>(".page [data-segment]")];
  all[all.indexOf(event.currentTarget) + to]?.focus();
}

/**
 * A sentence in Jeju: press a word to hear it; all of its words light up as they are spoken. Only the one that
 * is read is divided into words: a chapter may have hundreds.
 */
export const JejuSentence = memo(function JejuSentence({ line, index, player, mark, onWord }: JejuProps) {
  const lit = useLit(player, index);
  const current = lit !== ELSEWHERE;
  const read = () => {
    player.seek(index);
    player.play();
  };
  return (
    <span
      className="sentence"
      role="button"
      tabIndex={current ? 0 : -1}
      data-segment={index}
      data-current={current || undefined}
      aria-current={current || undefined}
      data-mark={mark}
      title={mark}
      data-made={line.audio ? true : undefined}
      onClick={(event: MouseEvent<HTMLElement>) => { onWord(index, tappedWord(event, line)); }}
      onKeyDown={(event) => { step(event, read); }}
    >
      {current ? <Words line={line} lit={lit} /> : line.jeju}{" "}
    </span>
  );
});

function Words({ line, lit }: { line: Line; lit: number }) {
  const pieces = useMemo(() => placeWords(line.jeju, line.words), [line.jeju, line.words]);
  return pieces.map(({ text, word }, number) =>
    word === NO_WORD ? (
      text
    ) : (
      <span key={number} className={word === lit ? "word lit" : "word"} data-word={word}>
        {text}
      </span>
    ),
  );
}

/** The same sentence in Korean; the words that the spoken one came from are marked. */
export const KoreanSentence = memo(function KoreanSentence({
  line,
  index,
  player,
}: SentenceProps) {
  const lit = useLit(player, index);
  const current = lit !== ELSEWHERE;
  const heard = useStore(player.spot, (spot) => spot.index === index && spot.korean);
  return (
    <span className="sentence" data-current={current || undefined} data-heard={heard || undefined}>
      {current ? <Sources line={line} lit={lit} /> : line.korean}{" "}
    </span>
  );
});

function Sources({ line, lit }: { line: Line; lit: number }) {
  const sources = useMemo(() => linkedTo(line.links, lit), [line.links, lit]);
  const pieces = useMemo(() => wordsOf(line.korean), [line.korean]);
  return pieces.map(({ text, word }, number) =>
    sources.has(word) ? (
      <span key={number} className="linked">
        {text}
      </span>
    ) : (
      text
    ),
  );
}
