import { useCallback, useId, useState } from "react";
import { readShare, renewLink, saveShare } from "@/shared/api/sharing";
import type { Book, Share, Visibility } from "@/shared/api/shapes";
import { useWords } from "@/shared/i18n";
import { licenceIn } from "@/shared/licence";
import { Dialog } from "@/shared/ui/Dialog";
import { Field } from "@/shared/ui/Field";
import { Icon } from "@/shared/ui/Icon";
import { Notice } from "@/shared/ui/Notice";
import { useItem } from "@/shared/useItem";
import { useSend } from "@/shared/useSend";

const KINDS: readonly Visibility[] = ["private", "unlisted", "public"];

/** An address that no other machine reaches. */
const LOCAL = /^https?:\/\/(localhost|127\.|\[::1\])/;

interface ShareDialogProps {
  book: Book;
  onChange: () => void;
  onClose: () => void;
}

/** Who else may read a book of one's own. */
export function ShareDialog({ book, onChange, onClose }: ShareDialogProps) {
  const words = useWords().sharing;
  const { item, error, take } = useItem(
    useCallback((signal: AbortSignal) => readShare(book.id, signal), [book.id]),
  );
  return (
    <Dialog title={words.title} onClose={onClose}>
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
    </Dialog>
  );
}

/** In a word who may read a book, and the way to change it. */
export function ShareLine({ book, onShare }: { book: Book; onShare: () => void }) {
  const words = useWords().sharing;
  return (
    <p className="notes">
      <button type="button" className="button small" onClick={onShare}>
        <Icon name="share" />
        {words.title}: {words.visibility[book.visibility]}
      </button>
    </p>
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
      <p className="faint">{visibility === "private" ? words.seesNone : words.sees}</p>
      {share.link && <Link link={share.link} qr={share.qr} onRenew={() => void send(async () => { onSaved(await renewLink(book)); })} />}
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

function Link({ link, qr, onRenew }: { link: string; qr: string | null; onRenew: () => void }) {
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
      {qr && (
        <img className="qr" alt={words.qr} src={`data:image/svg+xml;utf8,${encodeURIComponent(qr)}`} width={200} height={200} />
      )}
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
