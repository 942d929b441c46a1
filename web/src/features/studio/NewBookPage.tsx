import type { FormEvent } from "react";
import { useState } from "react";
import { createBook } from "@/shared/api/books";
import type { Language } from "@/shared/api/shapes";
import { useWords } from "@/shared/i18n";
import { settingsNow } from "@/shared/settings";
import { navigate } from "@/shared/router";
import { Notice } from "@/shared/ui/Notice";
import { Tick } from "@/shared/ui/Tick";
import { Choice } from "./Choice";
import { FileDrop } from "./FileDrop";
import { SpellingChoice, VoiceChoice } from "./HowItSounds";
import { LARGEST_MB, lettersIn, looksJeju, minutesOf, otherKindOf, titleFrom, troubleOf } from "./manuscript";
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
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (!file && !draft.text.trim()) {
      setTrouble(words.needText);
      return;
    }
    setSending(true);
    setRefused(null);
    try {
      const { text, ...rest } = draft;
      const { spelling } = settingsNow();
      const fields = { ...rest, spelling, narrated: rest.narrated && rest.language === "jje" };
      const title = fields.title.trim();
      const book = await createBook(
        file
          ? { ...fields, title, file }
          : { ...fields, title: title || titleFrom(text) || words.untitled, text },
      );
      forget();
      // A book that waits for one's own recording has nothing to be heard yet.
      navigate(`/books/${book.id}`, fields.narrated ? null : "listen");
    } catch (error) {
      setRefused(error);
      setSending(false);
    }
  };
  return { draft, change, file, take, write, send, trouble, refused, sending };
}

/** The form for a new book. */
export function NewBookPage() {
  const { studio: words, narration } = useWords();
  const { draft, change, file, take, write, send, trouble, refused, sending } = useNewBook();
  const letters = lettersIn(draft.text);
  const narrated = draft.narrated && draft.language === "jje";
  const languages: [Language, string, string][] = [
    ["ko", words.languageKo, words.languageKoHint],
    ["jje", words.languageJje, words.languageJjeHint],
  ];
  return (
    <div className="studio">
      <div className="page-head">
        <div>
          <h1>{words.title}</h1>
          <p className="lead">{words.lead}</p>
        </div>
      </div>
      <form onSubmit={(event) => void send(event)} noValidate>
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
        <Choice
          legend={words.language}
          name="language"
          options={languages}
          chosen={draft.language}
          onChoose={(language) => { change({ language }); }}
        />
        {draft.language === "ko" && <SpellingChoice />}
        {draft.language === "jje" && (
          <Tick checked={draft.narrated} onTick={(narrated) => { change({ narrated }); }}>
            {narration.own}
            <span className="faint">{narration.ownHint}</span>
          </Tick>
        )}
        {!narrated && <VoiceChoice chosen={draft.voice} onChoose={(voice) => { change({ voice }); }} />}
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
        {refused !== null && <Notice error={refused} />}
        <button type="submit" className="button primary wide" disabled={sending}>
          {sending ? words.submitting : words.submit}
        </button>
      </form>
    </div>
  );
}
