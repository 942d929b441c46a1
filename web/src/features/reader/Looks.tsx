import type { ReactNode } from "react";
import { useId } from "react";
import { useWords } from "@/shared/i18n";
import { choose, useSetting } from "@/shared/settings";
import { Tick } from "@/shared/ui/Tick";
import { usePopover } from "./usePopover";
import { type Reading, SIZES } from "./useReading";

const SPACINGS = [0, 1, 2];

interface LooksProps {
  reading: Reading;
  onKeys: () => void;
  /** On narrow screens the button for it stands here. */
  onShare: (() => void) | null;
  dial: ReactNode;
}

/** How the page looks: letters, lines, what lights up, and how strong its colours are. */
export function Looks({ reading, onKeys, onShare, dial }: LooksProps) {
  const { reader: words, sharing } = useWords();
  const { open, setOpen, box } = usePopover();
  const grain = useSetting("grain");
  const contrast = useSetting("contrast");
  return (
    <div className="contents" ref={box}>
      <button
        type="button"
        className="tool letter"
        aria-label={words.looks}
        title={words.looks}
        aria-expanded={open}
        onClick={() => { setOpen(!open); }}
      >
        <span className="large">가</span>
      </button>
      {open && (
        <div className="contents-list looks" role="group" aria-label={words.looks}>
          <Letters reading={reading} />
          <Spacing />
          <Tick checked={grain === "sentence"} onTick={(whole) => { choose({ grain: whole ? "sentence" : "word" }); }}>
            {words.grainSentence}
          </Tick>
          <Tick checked={contrast === "more"} onTick={(more) => { choose({ contrast: more ? "more" : "system" }); }}>
            {words.contrast}
          </Tick>
          {dial}
          {onShare && (
            <button
              type="button"
              className="link narrow-only"
              onClick={() => {
                setOpen(false);
                onShare();
              }}
            >
              {sharing.share}
            </button>
          )}
          <button
            type="button"
            className="link wide-only"
            onClick={() => {
              setOpen(false);
              onKeys();
            }}
          >
            {words.shortcuts}
          </button>
        </div>
      )}
    </div>
  );
}

function Letters({ reading: { size, setSize } }: { reading: Reading }) {
  const words = useWords().reader;
  return (
    <div className="sheet-row">
      <span>{words.letters}</span>
      <div className="stepper">
        <button type="button" className="tool letter" aria-label={words.smaller} disabled={size === 0} onClick={() => { setSize(size - 1); }}>
          <span className="small">가</span>
        </button>
        <output>
          {size + 1}/{SIZES}
        </output>
        <button type="button" className="tool letter" aria-label={words.larger} disabled={size === SIZES - 1} onClick={() => { setSize(size + 1); }}>
          <span className="large">가</span>
        </button>
      </div>
    </div>
  );
}

function Spacing() {
  const words = useWords().reader;
  const id = useId();
  const spacing = useSetting("spacing");
  return (
    <div className="sheet-row">
      <label htmlFor={id}>{words.spacing}</label>
      <select id={id} value={spacing} onChange={(event) => { choose({ spacing: Number(event.target.value) }); }}>
        {SPACINGS.map((one) => (
          <option key={one} value={one}>
            {words.spacings[one]}
          </option>
        ))}
      </select>
    </div>
  );
}
