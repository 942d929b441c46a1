import { useWords } from "@/shared/i18n";
import { useStore } from "@/shared/store";
import { clock } from "@/shared/time";
import { Icon, type IconName } from "@/shared/ui/Icon";
import { Elsewhere } from "./Elsewhere";
import type { Lines } from "./feed";
import { Listening } from "./Listening";
import type { Player, Stretch } from "./player";
import type { Timeline } from "./timeline";
import { locate } from "./timeline";
import { leap, STEP_MS } from "./useMediaSession";
import type { Place } from "./usePlace";

interface PlayerBarProps {
  player: Player;
  timeline: Timeline;
  lines: Lines;
  place: Place;
  chapter: Stretch | undefined;
  /** Whether a sentence that is not there yet will come by itself. */
  coming: boolean;
}

type Timed = Pick<PlayerBarProps, "player" | "timeline">;

/** What is always at hand below the text. */
export function PlayerBar({ player, timeline, lines, place, chapter, coming }: PlayerBarProps) {
  const words = useWords().reader;
  const phase = useStore(player.spot, (spot) => spot.phase);
  // Of a line that nobody has asked for yet there is nothing to say: it is on its way.
  const unmade = useStore(player.spot, ({ index }) => lines[index]?.settled === false || !lines.length);
  const going = phase === "playing" || (phase === "waiting" && (coming || !unmade));
  const waiting = coming ? words.waiting : words.stopped;
  return (
    <section className="player" aria-label={words.play}>
      <p className="player-message" role="status">
        {phase === "waiting" && unmade && waiting}
        {phase === "failed" && words.soundFailed}
      </p>
      <Elsewhere place={place} />
      <Seek player={player} timeline={timeline} />
      <div className="player-buttons">
        <Time player={player} timeline={timeline} />
        <div className="player-main">
          <Press icon="previous" label={words.previous} act={() => { player.previous(); }} />
          <Press icon="back15" label={words.back15} act={() => { leap(player, timeline, -STEP_MS); }} />
          <button
            type="button"
            className="round play"
            data-waiting={(phase === "waiting" && going) || undefined}
            aria-label={going ? words.pause : words.play}
            title={words.keys}
            onClick={() => { player.toggle(); }}
          >
            <Icon name={going ? "pause" : "play"} />
          </button>
          <Press icon="on15" label={words.on15} act={() => { leap(player, timeline, STEP_MS); }} />
          <Press icon="next" label={words.next} act={() => { player.next(); }} />
        </div>
        <Listening player={player} chapter={chapter} />
      </div>
    </section>
  );
}

function Press({ icon, label, act }: { icon: IconName; label: string; act: () => void }) {
  return (
    <button type="button" className="round" aria-label={label} title={label} onClick={act}>
      <Icon name={icon} />
    </button>
  );
}

/** Time of the whole book; a subscription of its own, since it moves four times a second. */
function useBookTime(player: Player, { starts }: Timeline): number {
  const index = useStore(player.spot, (spot) => spot.index);
  return (starts[index] ?? 0) + useStore(player.clock, (ms) => ms);
}

function Seek({ player, timeline }: Timed) {
  const words = useWords().reader;
  const now = Math.min(useBookTime(player, timeline), timeline.total);
  const [seconds, whole] = [now, timeline.total].map((ms) => Math.round(ms / 1000)) as [number, number];
  const part = whole ? seconds / whole : 0;
  return (
    <input
      className="seek"
      type="range"
      min={0}
      max={Math.max(1, whole)}
      step={1}
      value={seconds}
      disabled={!timeline.total}
      aria-label={words.seek}
      aria-valuetext={words.at(clock(now), clock(timeline.total))}
      style={{ ["--part" as string]: String(part) }}
      onChange={(event) => {
        const { index, ms } = locate(timeline, Number(event.target.value) * 1000);
        player.seek(index, ms);
      }}
    />
  );
}

function Time({ player, timeline }: Timed) {
  const now = useBookTime(player, timeline);
  return (
    <p className="player-time">
      {clock(now)} <span aria-hidden="true">/</span> {clock(timeline.total)}
    </p>
  );
}
