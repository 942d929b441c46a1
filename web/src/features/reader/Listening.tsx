import { useEffect, useId } from "react";
import { useWords } from "@/shared/i18n";
import { type After, choose, useSetting } from "@/shared/settings";
import { Tick } from "@/shared/ui/Tick";
import type { Heard, Player, Stretch } from "./player";
import { FASTEST, hasten, SLOWEST } from "./useKeys";
import { usePopover } from "./usePopover";
import { type Sleep, useSleep } from "./useSleep";

const MINUTES = [5, 10, 15, 20, 30, 45, 60];
const TIMES = [1, 2, 3, 5];
const WAYS: readonly After[] = ["go", "stop", "repeat", "shadow"];

interface ListeningProps {
  player: Player;
  chapter: Stretch | undefined;
}

/** How one listens: how fast, what follows a sentence, and when the voice goes to sleep. */
export function Listening({ player, chapter }: ListeningProps) {
  const words = useWords().reader;
  const { open, setOpen, box } = usePopover();
  const speed = useSetting("speed");
  const after = useSetting("after");
  const loop = useSetting("loop");
  const { sleep, choose: rest } = useSleep(player, chapter);
  const [first, end] = [chapter?.first, chapter?.end];
  useEffect(() => {
    player.setWay(after, loop && first !== undefined && end !== undefined ? { first, end } : null);
  }, [player, after, loop, first, end]);
  const [both, times] = [useSetting("both"), useSetting("times")];
  useEffect(() => {
    player.setProgramme(programmeOf(both, times));
  }, [player, both, times]);
  return (
    <div className="listening" ref={box}>
      <button
        type="button"
        className="rate"
        title={words.listening}
        aria-expanded={open}
        data-sleep={sleep !== null || undefined}
        onClick={() => { setOpen(!open); }}
      >
        <span className="unseen">{words.listening} </span>
        {speed}×
      </button>
      {open && (
        <div className="sheet" role="group" aria-label={words.listening}>
          <Speed speed={speed} />
          <Way after={after} />
          <TwoLanguages both={both} times={times} />
          <Tick checked={loop} onTick={(next) => { choose({ loop: next }); }}>
            {words.loop}
          </Tick>
          <Rest sleep={sleep} onSleep={rest} />
        </div>
      )}
    </div>
  );
}

function Speed({ speed }: { speed: number }) {
  const words = useWords().reader;
  const id = useId();
  return (
    <div className="sheet-row">
      <label htmlFor={id}>{words.speed}</label>
      <div className="stepper">
        <button type="button" className="round small" aria-label={words.slower} disabled={speed <= SLOWEST} onClick={() => { hasten(-1); }}>
          −
        </button>
        <input
          id={id}
          type="range"
          min={SLOWEST}
          max={FASTEST}
          step={0.05}
          value={speed}
          aria-valuetext={`${speed}×`}
          onChange={(event) => { choose({ speed: Number(event.target.value) }); }}
        />
        <button type="button" className="round small" aria-label={words.faster} disabled={speed >= FASTEST} onClick={() => { hasten(1); }}>
          +
        </button>
        <output htmlFor={id}>{speed}×</output>
      </div>
    </div>
  );
}

type Both = "off" | "ko" | "jje";

/** In which languages a sentence is heard, one after another. */
function programmeOf(both: Both, times: number): readonly Heard[] {
  if (both === "off") return ["jje"];
  const round: Heard[] = both === "ko" ? ["ko", "jje"] : ["jje", "ko"];
  return Array.from({ length: times }, () => round).flat();
}

function TwoLanguages({ both, times }: { both: Both; times: number }) {
  const words = useWords().reader;
  const id = useId();
  return (
    <>
      <div className="sheet-row">
        <label htmlFor={id}>{words.both}</label>
        <select id={id} value={both} onChange={(event) => { choose({ both: event.target.value as Both }); }}>
          {(["off", "ko", "jje"] as const).map((one) => (
            <option key={one} value={one}>
              {words.boths[one]}
            </option>
          ))}
        </select>
      </div>
      {both !== "off" && (
        <div className="sheet-row">
          <label htmlFor={`${id}-times`}>{words.times}</label>
          <select id={`${id}-times`} value={times} onChange={(event) => { choose({ times: Number(event.target.value) }); }}>
            {TIMES.map((one) => (
              <option key={one} value={one}>
                {words.timesOf(one)}
              </option>
            ))}
          </select>
        </div>
      )}
    </>
  );
}

function Way({ after }: { after: After }) {
  const words = useWords().reader;
  const id = useId();
  return (
    <div className="sheet-row">
      <label htmlFor={id}>{words.after}</label>
      <select id={id} value={after} onChange={(event) => { choose({ after: event.target.value as After }); }}>
        {WAYS.map((one) => (
          <option key={one} value={one}>
            {words.ways[one]}
          </option>
        ))}
      </select>
    </div>
  );
}

function Rest({ sleep, onSleep }: { sleep: Sleep; onSleep: (sleep: Sleep) => void }) {
  const words = useWords().reader;
  const id = useId();
  const chosen = (value: string): Sleep => (value === "chapter" ? value : Number(value) || null);
  return (
    <div className="sheet-row">
      <label htmlFor={id}>{words.sleep}</label>
      <select id={id} value={sleep ?? ""} onChange={(event) => { onSleep(chosen(event.target.value)); }}>
        <option value="">{words.sleepNever}</option>
        {MINUTES.map((one) => (
          <option key={one} value={one}>
            {words.sleepMinutes(one)}
          </option>
        ))}
        <option value="chapter">{words.sleepChapter}</option>
      </select>
    </div>
  );
}
