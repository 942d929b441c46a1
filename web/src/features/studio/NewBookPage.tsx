import { useWords } from "@/shared/i18n";
import { Notice } from "@/shared/ui/Notice";
import { JejuKeys } from "@/shared/ui/JejuKeys";
import { Tick } from "@/shared/ui/Tick";
import { useJejuTyping } from "@/shared/useJejuTyping";
import { Choice } from "./Choice";
import { FileDrop } from "./FileDrop";
import { SpellingChoice, VoiceChoice } from "./HowItSounds";
import { lettersIn, minutesOf } from "./manuscript";
import { MoreChoices } from "./MoreChoices";
import { PreviewPanel } from "./PreviewPanel";
import type { Draft } from "./useDraft";
import { useNewBook } from "./useNewBook";

interface HowItIsMadeProps {
  draft: Draft;
  change: (part: Partial<Draft>) => void;
  /** Chosen, else told by the text; "" until it is known. */
  language: Draft["language"];
  narrated: boolean;
}

/** In which language it is, and who reads it. */
function HowItIsMade({ draft, change, language, narrated }: HowItIsMadeProps) {
  const { studio: words, narration } = useWords();
  const languages: [Draft["language"], string, string][] = [
    ["", words.languageTold, words.languageToldHint],
    ["ko", words.languageKo, words.languageKoHint],
    ["jje", words.languageJje, words.languageJjeHint],
  ];
  return (
    <>
      <Choice
        legend={words.language}
        name="language"
        options={languages}
        chosen={draft.language}
        onChoose={(chosen) => { change({ language: chosen }); }}
      />
      {language === "jje" ? (
        <Tick checked={draft.narrated} onTick={(own) => { change({ narrated: own }); }}>
          {narration.own}
          <span className="faint">{narration.ownHint}</span>
        </Tick>
      ) : (
        <SpellingChoice />
      )}
      {!narrated && <VoiceChoice chosen={draft.voice} onChoose={(voice) => { change({ voice }); }} />}
    </>
  );
}

/** The form for a new book. */
export function NewBookPage() {
  const words = useWords().studio;
  const form = useNewBook();
  const { draft, change, file, looked, trouble, refused } = form;
  const { press, ...typing } = useJejuTyping<HTMLTextAreaElement>(form.write);
  const letters = lettersIn(draft.text);
  return (
    <div className="studio">
      <div className="page-head">
        <div>
          <h1>{words.title}</h1>
          <p className="lead">{words.lead}</p>
        </div>
      </div>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void form.send();
        }}
      >
        <div className="field">
          <label htmlFor="text">{words.text}</label>
          <FileDrop file={file} onFile={form.take}>
            <textarea
              id="text"
              name="text"
              value={draft.text}
              placeholder={words.textHint}
              rows={9}
              aria-describedby="amount"
              {...typing}
            />
          </FileDrop>
          {!file && form.language === "jje" && <JejuKeys onPress={press} />}
          {!file && (
            <p id="amount" className="amount">
              {letters > 0 && `${words.letters(letters)} · ${words.minutes(minutesOf(letters))}`}
            </p>
          )}
        </div>
        <PreviewPanel {...looked} named={file !== null} {...{ draft, change }} switched={form.switched} onTurn={form.turn} foreign={form.foreign} mustSay={form.mustSay} />
        <HowItIsMade {...{ draft, change }} language={form.language} narrated={form.narrated} />
        <div className="field">
          <label htmlFor="title">{words.bookTitle}</label>
          <input
            id="title"
            type="text"
            value={draft.title}
            maxLength={300}
            placeholder={file && looked.preview ? words.titleFound(looked.preview.title) : words.titleHint}
            autoComplete="off"
            onChange={(event) => { change({ title: event.target.value }); }}
          />
        </div>
        <MoreChoices {...{ draft, change }} language={form.language} />
        {trouble && (
          <div className="notice" role="alert">
            <p className="notice-what">{trouble}</p>
          </div>
        )}
        {refused !== null && <Notice error={refused} />}
        <button type="submit" className="button primary wide" disabled={form.sending || (file !== null && looked.reading)}>
          {form.sending ? words.submitting : words.submit}
        </button>
      </form>
    </div>
  );
}
