import { useId } from "react";
import type { Language } from "@/shared/api/shapes";
import { useWords } from "@/shared/i18n";
import { Field } from "@/shared/ui/Field";
import type { Draft } from "./useDraft";

/** From Korean to full Jeju in thirds, the fullest first. */
const THIRDS = [3, 2, 1, 0] as const;
const STEPS = 3;
const [SLOWEST, FASTEST, STEP] = [0.5, 2, 0.05];
const MOST = 300;

interface MoreChoicesProps {
  draft: Draft;
  change: (part: Partial<Draft>) => void;
  language: Language | "";
}

/** What few people choose: who wrote it, how much of it becomes Jeju, and how fast it is read. */
export function MoreChoices({ draft, change, language }: MoreChoicesProps) {
  const { studio: words, dial } = useWords();
  const id = useId();
  return (
    <details className="more-choices">
      <summary>{words.more}</summary>
      <Field label={words.author} hint={words.authorHint} value={draft.author} onText={(author) => { change({ author }); }} maxLength={MOST} autoComplete="off" />
      {language !== "jje" && (
        <div className="field">
          <label htmlFor={`${id}-dial`}>{dial.label}</label>
          <select id={`${id}-dial`} value={Math.round(draft.strength * STEPS)} onChange={(event) => { change({ strength: Number(event.target.value) / STEPS }); }}>
            {THIRDS.map((third) => (
              <option key={third} value={third}>
                {dial.steps[third]}
              </option>
            ))}
          </select>
        </div>
      )}
      <div className="field">
        <label htmlFor={`${id}-speed`}>{words.speed}</label>
        <div className="stepper">
          <input
            id={`${id}-speed`}
            type="range"
            min={SLOWEST}
            max={FASTEST}
            step={STEP}
            value={draft.speed}
            aria-valuetext={`${draft.speed}×`}
            onChange={(event) => { change({ speed: Number(event.target.value) }); }}
          />
          <output htmlFor={`${id}-speed`}>{draft.speed}×</output>
        </div>
      </div>
    </details>
  );
}
