import { useEffect, useState } from "react";
import { settingsNow, useSetting } from "@/shared/settings";
import type { Lines } from "./feed";
import { Player } from "./player";

/** A player for as long as the reading room is open, standing where one stopped. */
export function usePlayer(lines: Lines, start: { index: number; ms: number }): Player {
  const speed = useSetting("speed");
  const [player] = useState(() => {
    const made = new Player();
    made.setRate(settingsNow().speed);
    made.begin(start.index, start.ms);
    return made;
  });
  useEffect(() => {
    player.setRate(speed);
  }, [player, speed]);
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
