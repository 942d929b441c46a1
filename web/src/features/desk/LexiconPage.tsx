import { useId, useState } from "react";
import { fixedTerms, type Preview, pronunciations, type WordBook } from "@/shared/api/wordBooks";
import { useWords } from "@/shared/i18n";
import type { Words } from "@/shared/i18n/ko";
import { Field } from "@/shared/ui/Field";
import { Notice } from "@/shared/ui/Notice";
import { useList } from "@/shared/useList";
import { useSend } from "@/shared/useSend";
import { Difference } from "./Everywhere";

interface BookOfWords {
  book: WordBook;
  words: Words["lexicon"]["terms"];
  /** Letters of a word and of what stands for it. */
  most: readonly [number, number];
  /** Whether a word may stand for itself. */
  mayKeep: boolean;
}

/** How words are translated and said in all of one's books. */
export function LexiconPage() {
  const words = useWords().lexicon;
  return (
    <div className="studio">
      <div className="page-head">
        <h1>{words.title}</h1>
      </div>
      <Entries book={fixedTerms} words={words.terms} most={[60, 60]} mayKeep />
      <Entries book={pronunciations} words={words.sounds} most={[100, 200]} mayKeep={false} />
    </div>
  );
}

/** The entries of one kind, and a form for another. */
function Entries(props: BookOfWords) {
  const { book, words } = props;
  const shared = useWords().lexicon;
  const title = useId();
  const { items, error, reload } = useList(book.list);
  const { send, sending, refused } = useSend();
  const remove = (id: number) =>
    send(async () => {
      await book.remove(id);
      reload();
    });
  return (
    <section className="part" aria-labelledby={title}>
      <h2 id={title}>{words.title}</h2>
      <p className="faint">{words.lead}</p>
      <EntryForm {...props} onSaved={reload} />
      {(refused ?? error) !== null && <Notice error={refused ?? error} />}
      {items?.length === 0 && <p className="faint">{shared.none}</p>}
      <ul className="rows">
        {items?.map(({ id, word, instead }) => (
          <li key={id}>
            <span lang="jje">
              {word} → {instead}
            </span>
            <button
              type="button"
              className="button small"
              aria-label={shared.removeNamed(word)}
              disabled={sending}
              onClick={() => void remove(id)}
            >
              {shared.remove}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A word and what stands for it; what would change is shown before it does. */
function EntryForm({ book, words, most, mayKeep, onSaved }: BookOfWords & { onSaved: () => void }) {
  const shared = useWords().lexicon;
  const [word, setWord] = useState("");
  const [instead, setInstead] = useState("");
  const [preview, setPreview] = useState<Preview | null>(null);
  const { send, sending, refused } = useSend();
  const submit = () =>
    send(async () => {
      if (!preview) {
        setPreview(await book.preview(word, instead));
        return;
      }
      await book.save(word, instead);
      setWord("");
      setInstead("");
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
        <Field label={words.word} hint={words.wordHint} value={word} onText={type(setWord)} maxLength={most[0]} required />
        <Field label={words.instead} hint={words.insteadHint} jeju value={instead} onText={type(setInstead)} maxLength={most[1]} required={!mayKeep} />
      </div>
      {refused !== null && <Notice error={refused} />}
      <div role="status">
        {preview && <p>{words.count(preview.count)}</p>}
        {preview?.results.map((one) => <Difference key={one.segment} change={one} />)}
      </div>
      <div>
        <button type="submit" className={preview ? "button primary" : "button"} disabled={sending}>
          {preview ? words.save : shared.show}
        </button>
      </div>
    </form>
  );
}
