import { memo, useMemo } from "react";
import { useStore } from "@/shared/store";
import type { Line } from "./lines";
import type { Player } from "./player";
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

/** A sentence in Jeju: press it to hear it; its words light up as they are spoken. */
export const JejuSentence = memo(function JejuSentence({ line, index, player }: SentenceProps) {
  const lit = useLit(player, index);
  const pieces = useMemo(
    () => placeWords(line.jeju, line.words),
    [line.jeju, line.words],
  );
  const read = () => {
    player.seek(index);
    player.play();
  };
  return (
    <span
      className="sentence"
      data-segment={index}
      data-current={lit !== ELSEWHERE || undefined}
      data-made={line.audio ? true : undefined}
      onClick={read}
    >
      {pieces.map(({ text, word }, number) =>
        word === NO_WORD ? (
          text
        ) : (
          <span key={number} className={word === lit ? "word lit" : "word"} data-word={word}>
            {text}
          </span>
        ),
      )}{" "}
    </span>
  );
});

/** The same sentence in Korean; the words that the spoken one came from are marked. */
export const KoreanSentence = memo(function KoreanSentence({
  line,
  index,
  player,
}: SentenceProps) {
  const lit = useLit(player, index);
  const sources = useMemo(() => linkedTo(line.links, lit), [line.links, lit]);
  const pieces = useMemo(() => wordsOf(line.korean), [line.korean]);
  return (
    <span className="sentence" data-current={lit !== ELSEWHERE || undefined}>
      {pieces.map(({ text, word }, number) =>
        sources.has(word) ? (
          <span key={number} className="linked">
            {text}
          </span>
        ) : (
          text
        ),
      )}{" "}
    </span>
  );
});
