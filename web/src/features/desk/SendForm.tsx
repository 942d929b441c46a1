import { useId, useState } from "react";
import type { RecordingTerms } from "@/shared/api/shapes";
import { useWords } from "@/shared/i18n";
import { recall, remember } from "@/shared/storage";
import { Field } from "@/shared/ui/Field";
import { Tick } from "@/shared/ui/Tick";
import { useRecorder } from "./useRecorder";

interface SendFormProps {
  terms: RecordingTerms;
  sending: boolean;
  onSend: (sound: Blob, speaker: string, licence: string) => void;
}

/** A sound, who is heard in it, and the consent to its use. */
export function SendForm({ terms, sending, onSend }: SendFormProps) {
  const words = useWords().desk;
  const [sound, setSound] = useState<Blob | null>(null);
  const [speaker, setSpeaker] = useState(() => (recall("speaker") as string | null) ?? "");
  const [licence, setLicence] = useState(terms.licences[0] ?? "");
  const [agreed, setAgreed] = useState(false);
  return (
    <form
      className="desk-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!sound) return;
        remember("speaker", speaker);
        onSend(sound, speaker, licence);
      }}
    >
      <Source sound={sound} onSound={setSound} />
      <Field label={words.speaker} value={speaker} onText={setSpeaker} maxLength={100} />
      <Licence licences={terms.licences} value={licence} onChoose={setLicence} />
      <p className="terms">{terms.words}</p>
      <Tick checked={agreed} onTick={setAgreed}>
        {words.agree}
      </Tick>
      <div>
        <button type="submit" className="button" disabled={sending || !sound || !agreed}>
          {words.send}
        </button>
      </div>
    </form>
  );
}

function Source({ sound, onSound }: { sound: Blob | null; onSound: (sound: Blob | null) => void }) {
  const words = useWords().desk;
  const recorder = useRecorder(onSound);
  const id = useId();
  return (
    <div className="field">
      <div className="acts">
        {recorder.can && (
          <button type="button" className="button" aria-pressed={recorder.going} onClick={recorder.toggle}>
            {recorder.going ? words.stop : words.record}
          </button>
        )}
        <label htmlFor={id} className="button quiet">
          {words.file}
        </label>
        <input
          id={id}
          className="unseen"
          type="file"
          accept="audio/*,.wav,.mp3,.m4a,.webm,.ogg,.opus,.flac"
          onChange={(event) => { onSound(event.target.files?.[0] ?? null); }}
        />
      </div>
      {recorder.failed && <p role="alert">{words.noMicrophone}</p>}
      {sound && <p className="faint">{Math.max(1, Math.round(sound.size / 1000)).toLocaleString()} kB</p>}
    </div>
  );
}

interface LicenceProps {
  licences: readonly string[];
  value: string;
  onChoose: (licence: string) => void;
}

function Licence({ licences, value, onChoose }: LicenceProps) {
  const words = useWords().desk;
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{words.licence}</label>
      <select id={id} value={value} onChange={(event) => { onChoose(event.target.value); }}>
        {licences.map((one) => (
          <option key={one}>{one}</option>
        ))}
      </select>
    </div>
  );
}
