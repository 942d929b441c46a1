import { useRef, useState } from "react";
import { changeBook, dropCover, putCover } from "@/shared/api/books";
import type { Book } from "@/shared/api/shapes";
import { useWords } from "@/shared/i18n";
import { Cover } from "@/shared/ui/Cover";
import { Field } from "@/shared/ui/Field";
import { Notice } from "@/shared/ui/Notice";
import { TextArea } from "@/shared/ui/TextArea";
import { useSend } from "@/shared/useSend";

const MOST = 300;
const MOST_NUMBER = 20;
const MOST_TAGS = 600;
const MOST_DESCRIPTION = 4000;

interface DetailsFormProps {
  book: Book;
  onChange: () => void;
}

/** What is said of a book of one's own: title, who made it, what it is about, its cover. */
export function DetailsForm({ book, onChange }: DetailsFormProps) {
  const words = useWords().details;
  const [said, setSaid] = useState(() => saidOf(book));
  const { send, sending, refused, done } = useSend();
  const say = (part: Partial<Said>) => { setSaid((before) => ({ ...before, ...part })); };
  const save = () =>
    send(async () => {
      const tags = said.tags.split(/[,，、\n]/).map((tag) => tag.trim()).filter(Boolean);
      setSaid(saidOf(await changeBook(book.id, { ...said, tags })));
      onChange();
    });
  return (
    <details className="notes details">
      <summary>{words.title}</summary>
      <CoverChoice book={book} onChange={onChange} />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Field label={words.bookTitle} value={said.title} onText={(title) => { say({ title }); }} maxLength={MOST} required />
        <Field label={words.author} value={said.author} onText={(author) => { say({ author }); }} maxLength={MOST} />
        <Field label={words.narrator} hint={words.narratorHint} value={said.narrator} onText={(narrator) => { say({ narrator }); }} maxLength={MOST} />
        <TextArea label={words.description} value={said.description} onText={(description) => { say({ description }); }} maxLength={MOST_DESCRIPTION} />
        <Field label={words.tags} hint={words.tagsHint} value={said.tags} onText={(tags) => { say({ tags }); }} maxLength={MOST_TAGS} />
        <div className="pair">
          <Field label={words.series} value={said.series} onText={(series) => { say({ series }); }} maxLength={MOST} />
          <Field label={words.seriesNumber} value={said.series_number} onText={(number) => { say({ series_number: number }); }} maxLength={MOST_NUMBER} />
        </div>
        {refused !== null && <Notice error={refused} />}
        <p role="status">{done && words.saved}</p>
        <div>
          <button type="submit" className="button" disabled={sending || !said.title.trim()}>
            {words.save}
          </button>
        </div>
      </form>
    </details>
  );
}

type Said = ReturnType<typeof saidOf>;

function saidOf({ title, author, narrator, description, tags, series, series_number }: Book) {
  return { title, author, narrator, description, tags: tags.join(", "), series, series_number };
}

function CoverChoice({ book, onChange }: DetailsFormProps) {
  const words = useWords().details;
  const input = useRef<HTMLInputElement>(null);
  const { send, sending, refused } = useSend();
  const act = (deed: () => Promise<void>) =>
    send(async () => {
      await deed();
      onChange();
    });
  return (
    <div className="cover-choice">
      <Cover title={book.title} src={book.cover} />
      <div>
        <p>{words.coverHint}</p>
        <div className="acts">
          <button type="button" className="button small" disabled={sending} onClick={() => input.current?.click()}>
            {words.coverOwn}
          </button>
          <button type="button" className="button small quiet" disabled={sending} onClick={() => void act(() => dropCover(book.id))}>
            {words.coverDrawn}
          </button>
        </div>
        {refused !== null && <Notice error={refused} />}
        <input
          ref={input}
          hidden
          type="file"
          aria-label={words.coverOwn}
          accept="image/png,image/jpeg,image/webp,image/gif,image/svg+xml"
          onChange={(event) => {
            const picture = event.target.files?.[0];
            event.target.value = "";
            if (picture) void act(() => putCover(book.id, picture));
          }}
        />
      </div>
    </div>
  );
}
