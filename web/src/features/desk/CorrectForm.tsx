import { useState } from "react";
import { changeKorean, propose } from "@/shared/api/corrections";
import type { Book, CorrectionKind, Segment } from "@/shared/api/shapes";
import { useWords } from "@/shared/i18n";
import { recall, remember } from "@/shared/storage";
import { Field } from "@/shared/ui/Field";
import { Notice } from "@/shared/ui/Notice";
import { SpellingMarks } from "@/shared/ui/SpellingMarks";
import { TextArea } from "@/shared/ui/TextArea";
import { Tick } from "@/shared/ui/Tick";
import { useKept } from "@/shared/useKept";
import { useSend } from "@/shared/useSend";

const MOST = 2000;
const MOST_PLACE = 40;
const TOWNS = [
  "제주시 동지역", "애월읍", "한림읍", "한경면", "조천읍", "구좌읍", "우도면", "추자면",
  "서귀포시 동지역", "대정읍", "안덕면", "남원읍", "표선면", "성산읍",
];

interface CorrectFormProps {
  book: Book;
  segment: Segment;
  onChange: () => void;
}

const kept = (name: string) => {
  const value = recall(name);
  return typeof value === "string" ? value : "";
};

/** Say how a sentence should be written, or sound; one's own book changes at once. */
export function CorrectForm({ book, segment, onChange }: CorrectFormProps) {
  const words = useWords().desk;
  const [kind, setKind] = useState<CorrectionKind>("translation");
  const stands = kind === "translation" ? segment.text : segment.spoken || segment.text;
  const [typed, setTyped] = useKept(`typed.${book.id}.${segment.id}.${kind}`);
  const [region, setRegion] = useState(() => kept("region"));
  const [village, setVillage] = useState(() => kept("village"));
  const [consent, setConsent] = useState(false);
  const { send, sending, refused, done } = useSend();
  const text = typed ?? stands;
  const write = (now: string) => { setTyped(now === stands ? null : now); };
  const submit = () =>
    send(async () => {
      remember("region", region);
      remember("village", village);
      await propose(book.id, { segment: segment.id, kind, text, region, village, consent });
      setTyped(null);
      onChange();
    });
  return (
    <form
      className="desk-form"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Kind
        kind={kind}
        onKind={setKind}
      />
      <TextArea
        label={kind === "translation" ? words.textNew : words.spokenNew}
        hint={words.textHint}
        lang="jje"
        jeju
        value={text}
        onText={write}
        maxLength={MOST}
      />
      {/* How a word sounds is written as it is heard: no rule of spelling holds there. */}
      {kind === "translation" && typed !== null && <SpellingMarks text={text} onText={write} />}
      <div className="pair">
        <Field
          label={words.region}
          value={region}
          onText={setRegion}
          maxLength={MOST_PLACE}
          list="towns"
          hint={words.optional}
        />
        <Field label={words.village} value={village} onText={setVillage} maxLength={MOST_PLACE} />
      </div>
      <datalist id="towns">
        {TOWNS.map((town) => (
          <option key={town} value={town} />
        ))}
      </datalist>
      <Tick checked={consent} onTick={setConsent}>
        {words.consent}
      </Tick>
      {refused !== null && <Notice error={refused} />}
      <p role="status">{done && (book.mine ? words.saved : words.proposed)}</p>
      <div>
        <button
          type="submit"
          className="button primary"
          disabled={sending || !text.trim() || text === stands}
        >
          {book.mine ? words.save : words.propose}
        </button>
      </div>
    </form>
  );
}

function Kind({ kind, onKind }: { kind: CorrectionKind; onKind: (kind: CorrectionKind) => void }) {
  const words = useWords().desk;
  const names = { translation: words.kindTranslation, reading: words.kindReading };
  return (
    <fieldset className="kinds">
      <legend className="unseen">{words.kind}</legend>
      {(["translation", "reading"] as const).map((one) => (
        <label key={one}>
          <input type="radio" name="kind" checked={kind === one} onChange={() => { onKind(one); }} />
          <span>{names[one]}</span>
        </label>
      ))}
    </fieldset>
  );
}

interface KoreanFormProps {
  book: Book;
  segment: Segment;
  onChange: (now: Segment) => void;
}

/** Change the Korean beside a sentence of one's own book. */
export function KoreanForm({ book, segment, onChange }: KoreanFormProps) {
  const words = useWords().desk;
  const [typed, setTyped] = useKept(`typed.${book.id}.${segment.id}.korean`);
  const text = typed ?? segment.beside;
  const { send, sending, refused } = useSend();
  const submit = () =>
    send(async () => {
      const now = await changeKorean(book.id, segment.id, text);
      setTyped(null);
      onChange(now);
    });
  return (
    <form
      className="desk-form"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <TextArea label={words.korean} lang="ko" value={text} onText={setTyped} maxLength={MOST} />
      {refused !== null && <Notice error={refused} />}
      <div>
        <button
          type="submit"
          className="button"
          disabled={sending || !text.trim() || text === segment.beside}
        >
          {words.koreanSave}
        </button>
      </div>
    </form>
  );
}
