import { useEffect, useState } from "react";
import { settingsNow, useSetting } from "@/shared/settings";
import { tellTabs, useTabs } from "@/shared/tabs";
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
  useGoOn(player);
  useAlone(player);
  useEffect(
    () => () => {
      player.close();
    },
    [player],
  );
  return player;
}

const AGAIN_MS = 4000;
const MOST_AGAIN_MS = 60_000;

/** A sound that did not come is asked for again: when the network is back, and now and then. */
function useGoOn(player: Player): void {
  useEffect(() => {
    let timer = 0;
    let wait = AGAIN_MS;
    const again = () => {
      if (player.spot.get().phase === "failed") player.play();
    };
    const moved = () => {
      const { phase, word } = player.spot.get();
      window.clearTimeout(timer);
      if (word >= 0) wait = AGAIN_MS;
      if (phase !== "failed") return;
      timer = window.setTimeout(again, wait);
      wait = Math.min(wait * 2, MOST_AGAIN_MS);
    };
    const stop = player.spot.subscribe(moved);
    window.addEventListener("online", again);
    return () => {
      stop();
      window.clearTimeout(timer);
      window.removeEventListener("online", again);
    };
  }, [player]);
}

/** Of several tabs only the one that began last is heard. */
function useAlone(player: Player): void {
  const [name] = useState(() => Math.random().toString(36));
  useEffect(() => {
    let before = player.spot.get().phase;
    return player.spot.subscribe(() => {
      const { phase } = player.spot.get();
      if (phase === "playing" && before !== "playing") tellTabs({ playing: name });
      before = phase;
    });
  }, [player, name]);
  useTabs(({ playing }) => {
    if (playing !== undefined && playing !== name) player.pause();
  });
}
