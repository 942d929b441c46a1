import { useEffect, useState } from "react";
import { settingsNow, useSetting } from "@/shared/settings";
import type { Line } from "./lines";
import { Player } from "./player";

/** A player for as long as the reading room is open. */
export function usePlayer(lines: readonly Line[]): Player {
  const speed = useSetting("speed");
  const [player] = useState(() => {
    const made = new Player();
    made.setRate(settingsNow().speed);
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
