import { useEffect, useState } from "react";
import { recall, remember } from "@/shared/storage";
import type { Line } from "./lines";
import { Player } from "./player";

export const RATES = [0.7, 0.85, 1, 1.15, 1.3, 1.5, 2];

/** A player for as long as the reading room is open. */
export function usePlayer(lines: readonly Line[]): Player {
  const [player] = useState(() => {
    const made = new Player();
    made.setRate(RATES.find((rate) => rate === recall("rate")) ?? 1);
    return made;
  });
  useEffect(() => {
    player.setLines(lines);
  }, [player, lines]);
  useEffect(
    () => () => {
      player.close();
    },
    [player],
  );
  return player;
}

export function keepRate(player: Player, rate: number): void {
  player.setRate(rate);
  remember("rate", rate);
}
