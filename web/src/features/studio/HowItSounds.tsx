import { useCallback, useId } from "react";
import { readVoices } from "@/shared/api/books";
import type { Spelling } from "@/shared/api/shapes";
import { useWords } from "@/shared/i18n";
import { choose, useSetting } from "@/shared/settings";
import { useItem } from "@/shared/useItem";
import { Choice } from "./Choice";

/** How Jeju is written that the translator makes; what was chosen last is chosen again. */
export function SpellingChoice() {
  const words = useWords().studio;
  const spelling = useSetting("spelling");
  const options: [Spelling, string, string][] = [
    ["araea", words.spellingAraea, words.spellingAraeaHint],
    ["modern", words.spellingModern, words.spellingModernHint],
  ];
  return (
    <Choice
      legend={words.spelling}
      name="spelling"
      options={options}
      chosen={spelling}
      onChoose={(next) => { choose({ spelling: next }); }}
    />
  );
}

interface VoiceChoiceProps {
  chosen: string;
  onChoose: (voice: string) => void;
}

/** Who reads; nothing is asked where there is one voice, or nobody says which there are. */
export function VoiceChoice({ chosen, onChoose }: VoiceChoiceProps) {
  const words = useWords().studio;
  const id = useId();
  const { item } = useItem(useCallback((signal: AbortSignal) => readVoices(signal), []));
  if (!item || item.length < 2) return null;
  return (
    <div className="field">
      <label htmlFor={id}>{words.voice}</label>
      <select id={id} value={chosen} onChange={(event) => { onChoose(event.target.value); }}>
        <option value="">{words.voiceAny}</option>
        {item.map((voice) => (
          <option key={voice.id} value={voice.id}>
            {voice.name}
          </option>
        ))}
      </select>
    </div>
  );
}
