import { useState } from "react";
import { createBook } from "@/shared/api/books";
import { ApiError } from "@/shared/api/http";
import type { Foreign } from "@/shared/api/shapes";
import { useWords } from "@/shared/i18n";
import { settingsNow } from "@/shared/settings";
import { navigate } from "@/shared/router";
import { Notice } from "@/shared/ui/Notice";
import { Tick } from "@/shared/ui/Tick";
import { Choice } from "./Choice";
import { FileDrop } from "./FileDrop";
import { SpellingChoice, VoiceChoice } from "./HowItSounds";
import { LARGEST_MB, lettersIn, looksJeju, minutesOf, otherKindOf, titleFrom, troubleOf } from "./manuscript";
import type { Draft } from "./useDraft";
import { useDraft } from "./useDraft";

/** What the form holds and does; the page below only draws it. */
function useNewBook() {
  const words = useWords().studio;
  const { draft, change, forget } = useDraft();
  const [file, setFile] = useState<File | null>(null);
  const [trouble, setTrouble] = useState("");
  const [refused, setRefused] = useState<unknown>(null);
  const [sending, setSending] = useState(false);

  const take = (chosen: File | null) => {
    const wrong = chosen && troubleOf(chosen);
    setRefused(null);
    const told = wrong ? words[wrong](chosen.name, LARGEST_MB) : "";
    const wayOut = chosen && wrong === "wrongKind" ? ` ${words.wayOut[otherKindOf(chosen.name)]}` : "";
    setTrouble(told + wayOut);
    if (!wrong) setFile(chosen);
  };
  const write = (text: string) => {
    setTrouble("");
    const pasted = !draft.text && text.length > 20;
    change(pasted && looksJeju(text) ? { text, language: "jje" } : { text });
  };
  const send = async (foreign?: Foreign) => {
    if (!file && !draft.text.trim()) {
      setTrouble(words.needText);
      return;
    }
    setSending(true);
    setRefused(null);
    try {
      const { text, language, withoutForeign, ...rest } = draft;
      const { spelling } = settingsNow();
      const chosen = foreign ?? (withoutForeign ? "skip" : undefined);
      const narrated = rest.narrated && language === "jje";
      const fields = { ...rest, spelling, narrated, ...(language && { language }), ...(chosen && { foreign: chosen }) };
      const title = fields.title.trim();
      const book = await createBook(
        file
          ? { ...fields, title, file }
          : { ...fields, title: title || titleFrom(text) || words.untitled, text },
      );
      forget();
      // A book that waits for one's own recording has nothing to be heard yet.
      navigate(`/books/${book.id}`, narrated ? null : "listen");
    } catch (error) {
      setRefused(error);
      setSending(false);
    }
  };
  return { draft, change, file, take, write, send, trouble, refused, sending };
}

function isForeign(error: unknown): boolean {
  return error instanceof ApiError && error.extra.reason === "foreign_book";
}

/** What can be done with a book that is neither Korean nor Jeju. */
function ForeignChoice({ onChoose }: { onChoose: (foreign: Foreign) => void }) {
  const words = useWords().studio;
  return (
    <>
      <button type="button" className="button" onClick={() => { onChoose("read"); }}>
        {words.foreignRead}
      </button>
      <button type="button" className="button quiet" onClick={() => { onChoose("skip"); }}>
        {words.foreignSkip}
      </button>
    </>
  );
}

/** In which language it is, who reads it, and what becomes of what is foreign. */
function HowItIsMade({ draft, change }: { draft: Draft; change: (part: Partial<Draft>) => void }) {
  const { studio: words, narration } = useWords();
  const narrated = draft.narrated && draft.language === "jje";
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
        onChoose={(language) => { change({ language }); }}
      />
      {draft.language !== "jje" && <SpellingChoice />}
      {draft.language === "jje" && (
        <Tick checked={draft.narrated} onTick={(narrated) => { change({ narrated }); }}>
          {narration.own}
          <span className="faint">{narration.ownHint}</span>
        </Tick>
      )}
      {!narrated && <VoiceChoice chosen={draft.voice} onChoose={(voice) => { change({ voice }); }} />}
      <Tick
        checked={draft.withoutForeign}
        onTick={(withoutForeign) => { change({ withoutForeign }); }}
      >
        {words.foreign}
        <span className="faint">{words.foreignHint}</span>
      </Tick>
    </>
  );
}

/** The form for a new book. */
export function NewBookPage() {
  const words = useWords().studio;
  const { draft, change, file, take, write, send, trouble, refused, sending } = useNewBook();
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
          void send();
        }}
      >
        <div className="field">
          <label htmlFor="text">{words.text}</label>
          <FileDrop file={file} onFile={take}>
            <textarea
              id="text"
              value={draft.text}
              placeholder={words.textHint}
              rows={9}
              aria-describedby="amount"
              onChange={(event) => { write(event.target.value); }}
            />
          </FileDrop>
          <p id="amount" className="amount">
            {!file && letters > 0 && `${words.letters(letters)} · ${words.minutes(minutesOf(letters))}`}
          </p>
        </div>
        <HowItIsMade draft={draft} change={change} />
        <div className="field">
          <label htmlFor="title">{words.bookTitle}</label>
          <input
            id="title"
            type="text"
            value={draft.title}
            maxLength={300}
            placeholder={words.titleHint}
            autoComplete="off"
            onChange={(event) => { change({ title: event.target.value }); }}
          />
        </div>
        {trouble && (
          <div className="notice" role="alert">
            <p className="notice-what">{trouble}</p>
          </div>
        )}
        {refused !== null && (
          <Notice error={refused}>
            {isForeign(refused) && <ForeignChoice onChoose={(foreign) => void send(foreign)} />}
          </Notice>
        )}
        <button type="submit" className="button primary wide" disabled={sending}>
          {sending ? words.submitting : words.submit}
        </button>
      </form>
    </div>
  );
}
