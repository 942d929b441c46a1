import { useState } from "react";
import {
  listPronunciations,
  type Preview,
  previewPronunciation,
  removePronunciation,
  savePronunciation,
} from "@/shared/api/pronunciations";
import { useWords } from "@/shared/i18n";
import { Field } from "@/shared/ui/Field";
import { Notice } from "@/shared/ui/Notice";
import { useList } from "@/shared/useList";
import { useSend } from "@/shared/useSend";
import { Difference } from "./Everywhere";

const all = async (signal: AbortSignal) => (await listPronunciations(1, signal)).results;

/** How words are said in all of one's books. */
export function LexiconPage() {
  const words = useWords().lexicon;
  const { items, error, reload } = useList(all);
  const { send, sending, refused } = useSend();
  const remove = (id: number) =>
    send(async () => {
      await removePronunciation(id);
      reload();
    });
  return (
    <div className="studio">
      <div className="page-head">
        <div>
          <h1>{words.title}</h1>
          <p className="lead">{words.lead}</p>
        </div>
      </div>
      <WordForm onSaved={reload} />
      {(refused ?? error) !== null && <Notice error={refused ?? error} />}
      {items?.length === 0 && <p className="faint">{words.none}</p>}
      <ul className="rows">
        {items?.map(({ id, term, spoken }) => (
          <li key={id}>
            <span lang="jje">
              {term} → {spoken}
            </span>
            <button
              type="button"
              className="button small"
              aria-label={words.removeNamed(term)}
              disabled={sending}
              onClick={() => void remove(id)}
            >
              {words.remove}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** A word and its sound; what would change is shown before it does. */
function WordForm({ onSaved }: { onSaved: () => void }) {
  const words = useWords().lexicon;
  const [term, setTerm] = useState("");
  const [spoken, setSpoken] = useState("");
  const [preview, setPreview] = useState<Preview | null>(null);
  const { send, sending, refused } = useSend();
  const submit = () =>
    send(async () => {
      if (!preview) {
        setPreview(await previewPronunciation(term, spoken));
        return;
      }
      await savePronunciation(term, spoken);
      setTerm("");
      setSpoken("");
      setPreview(null);
      onSaved();
    });
  const type = (write: (text: string) => void) => (text: string) => {
    write(text);
    setPreview(null);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <div className="pair">
        <Field label={words.term} hint={words.termHint} value={term} onText={type(setTerm)} maxLength={100} required />
        <Field label={words.spoken} value={spoken} onText={type(setSpoken)} maxLength={200} required />
      </div>
      {refused !== null && <Notice error={refused} />}
      <div role="status">
        {preview && <p>{words.count(preview.count)}</p>}
        {preview?.results.map((one) => <Difference key={one.segment} change={one} />)}
      </div>
      <div>
        <button type="submit" className={preview ? "button primary" : "button"} disabled={sending}>
          {preview ? words.save : words.show}
        </button>
      </div>
    </form>
  );
}
