import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { Lines } from "./feed";
import type { Player } from "./player";
import { NO_WORD } from "./words";
import { WordSound } from "./wordSound";

/** A word of a sentence, both by number. */
export interface Tapped {
  index: number;
  word: number;
}

export interface WordInHand {
  tapped: Tapped | null;
  /** Look at a word and hear it alone; a sentence without timed words is read instead. */
  take: (index: number, word: number) => void;
  /** Hear it once more. */
  again: () => void;
  drop: () => void;
}

/** The word that somebody pressed: it sounds alone, and the reading stands still at it. */
export function useWord(player: Player, lines: Lines): WordInHand {
  const [tapped, setTapped] = useState<Tapped | null>(null);
  const sound = useRef<WordSound | null>(null);
  const latest = useRef(lines);
  // A word is pressed as soon as it is seen.
  useLayoutEffect(() => {
    latest.current = lines;
  }, [lines]);
  useEffect(() => () => { sound.current?.hush(); }, []);
  const say = useCallback(
    ({ index, word }: Tapped) => {
      const line = latest.current[index];
      const timed = line?.words[word];
      if (!line?.audio || !timed) return;
      sound.current ??= new WordSound();
      sound.current.say(line.audio, timed, player.rate);
    },
    [player],
  );
  const take = useCallback(
    (index: number, word: number) => {
      const timed = latest.current[index]?.words[word];
      if (word === NO_WORD || !timed) {
        setTapped(null);
        player.seek(index);
        player.play();
        return;
      }
      // The reading goes on from this word when somebody wants it to.
      player.pause();
      player.seek(index, timed.start_ms);
      setTapped({ index, word });
      say({ index, word });
    },
    [player, say],
  );
  const drop = useCallback(() => {
    sound.current?.hush();
    setTapped(null);
  }, []);
  // Whoever lets the book be read on is done with the word.
  useEffect(
    () =>
      player.spot.subscribe(() => {
        if (player.spot.get().phase === "playing") drop();
      }),
    [player, drop],
  );
  const again = () => {
    if (tapped) say(tapped);
  };
  return { tapped, take, again, drop };
}
