import { useCallback, useId, useState } from "react";
import { readShare, renewLink, saveShare } from "@/shared/api/sharing";
import type { Book, Share, Visibility } from "@/shared/api/shapes";
import { useWords } from "@/shared/i18n";
import { licenceIn } from "./licence";
import { Field } from "@/shared/ui/Field";
import { Notice } from "@/shared/ui/Notice";
import { useItem } from "@/shared/useItem";
import { useSend } from "@/shared/useSend";

const KINDS: readonly Visibility[] = ["private", "unlisted", "public"];

/** An address that no other machine reaches. */
const LOCAL = /^https?:\/\/(localhost|127\.|\[::1\])/;

interface SharePanelProps {
  book: Book;
  onChange: () => void;
}

/** Who else may read a book of one's own. */
export function SharePanel({ book, onChange }: SharePanelProps) {
  const words = useWords().sharing;
  const { item, error, take } = useItem(
    useCallback((signal: AbortSignal) => readShare(book.id, signal), [book.id]),
  );
  return (
    <details className="notes">
      <summary>
        {words.title}: {words.visibility[book.visibility]}
      </summary>
      {book.taken_down !== null && (
        <p className="notice">{words.takenDown(book.taken_down)}</p>
      )}
      {error !== null && <Notice error={error} />}
      {item && (
        <ShareForm
          book={book.id}
          share={item}
          onSaved={(share) => {
            take(share);
            onChange();
          }}
        />
      )}
    </details>
  );
}

interface ShareFormProps {
  book: number;
  share: Share;
  onSaved: (share: Share) => void;
}

function ShareForm({ book, share, onSaved }: ShareFormProps) {
  const words = useWords().sharing;
  const [visibility, setVisibility] = useState(share.visibility);
  const [licence, setLicence] = useState(share.licence);
  const [attribution, setAttribution] = useState(share.attribution);
  const { send, sending, refused, done } = useSend();
  const save = () =>
    send(async () => {
      onSaved(await saveShare(book, { visibility, licence, attribution }));
    });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Who chosen={visibility} onChoose={setVisibility} />
      {share.link && <Link link={share.link} onRenew={() => void send(async () => { onSaved(await renewLink(book)); })} />}
      <Licence share={share} value={licence} onChoose={setLicence} />
      <Field label={words.attribution} value={attribution} onText={setAttribution} maxLength={500} />
      {refused !== null && <Notice error={refused} />}
      <p role="status">{done && words.saved}</p>
      <div>
        <button type="submit" className="button" disabled={sending}>
          {words.save}
        </button>
      </div>
    </form>
  );
}

function Who({ chosen, onChoose }: { chosen: Visibility; onChoose: (kind: Visibility) => void }) {
  const words = useWords().sharing;
  return (
    <fieldset className="field choice">
      <legend>{words.who}</legend>
      <div className="pair">
        {KINDS.map((kind) => (
          <label key={kind} className="option">
            <input type="radio" name="visibility" checked={kind === chosen} onChange={() => { onChoose(kind); }} />
            <span>
              <strong>{words.visibility[kind]}</strong>
              <span className="faint">{words.hint[kind]}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function Link({ link, onRenew }: { link: string; onRenew: () => void }) {
  const words = useWords().sharing;
  const id = useId();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    // Browsers have no clipboard for pages without HTTPS: the text can be marked by hand then.
    await (navigator.clipboard as Clipboard | undefined)?.writeText(link).then(
      () => { setCopied(true); },
      () => undefined,
    );
  };
  return (
    <div className="field">
      <label htmlFor={id}>{words.link}</label>
      <input id={id} readOnly value={link} onFocus={(event) => { event.target.select(); }} />
      <p>
        <button type="button" className="button small" onClick={() => void copy()}>
          {copied ? words.copied : words.copy}
        </button>
      </p>
      {LOCAL.test(link) && <p className="faint">{words.local}</p>}
      <p className="faint">
        <button type="button" className="link" onClick={onRenew}>
          {words.renew}
        </button>{" "}
        {words.renewHint}
      </p>
    </div>
  );
}

interface LicenceProps {
  share: Share;
  value: string;
  onChoose: (licence: string) => void;
}

function Licence({ share, value, onChoose }: LicenceProps) {
  const words = useWords().sharing;
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{words.licence}</label>
      <select id={id} value={value} onChange={(event) => { onChoose(event.target.value); }}>
        <option value="">{words.noLicence}</option>
        {share.licences.map((one) => (
          <option key={one} value={one}>
            {licenceIn(words, one)}
          </option>
        ))}
      </select>
    </div>
  );
}
