import { useState } from "react";
import { decide, type Decision, setConsent, vote, withdraw } from "@/shared/api/corrections";
import type { Book, Correction } from "@/shared/api/shapes";
import { useWords } from "@/shared/i18n";
import { useSession } from "@/shared/session";
import { Notice } from "@/shared/ui/Notice";
import { Tick } from "@/shared/ui/Tick";
import { useBy } from "@/shared/useBy";
import { useSend } from "@/shared/useSend";
import { Everywhere } from "./Everywhere";

interface CorrectionsProps {
  book: Book;
  items: readonly Correction[];
  onChange: () => void;
}

/** What people proposed for a sentence, variants of other places among it. */
export function Corrections({ book, items, onChange }: CorrectionsProps) {
  const words = useWords().desk;
  if (!items.length) return <p className="faint">{words.noCorrections}</p>;
  return (
    <ul className="rows">
      {items.map((one) => (
        <Row key={one.id} book={book} correction={one} onChange={onChange} />
      ))}
    </ul>
  );
}

interface RowProps {
  book: Book;
  correction: Correction;
  onChange: () => void;
}

function Row({ book, correction, onChange }: RowProps) {
  const words = useWords().desk;
  const { send, sending, refused } = useSend();
  const [spread, setSpread] = useState(false);
  const { id, state, region, village, by } = correction;
  const who = useBy();
  const act = (deed: () => Promise<unknown>) => () => {
    void send(async () => {
      await deed();
      onChange();
    });
  };
  return (
    <li className="correction">
      <span>
        <span lang="jje" className="desk-text">
          {correction.text}
        </span>
        <span className="faint">
          {words.by(who(by), [region, village].filter(Boolean).join(" "))} · {words.state[state]} ·{" "}
          {words.votes(correction.votes)}
        </span>
      </span>
      <div className="acts" data-busy={sending || undefined}>
        <Votes correction={correction} onVote={act(() => vote(book.id, id, !correction.voted))} />
        {book.mine && <Decisions state={state} onDecide={(what) => { act(() => decide(book.id, id, what))(); }} />}
        {(correction.mine || book.mine) && (
          <button type="button" className="button small quiet" onClick={act(() => withdraw(book.id, id))}>
            {words.withdraw}
          </button>
        )}
        <button
          type="button"
          className="button small quiet"
          aria-expanded={spread}
          onClick={() => { setSpread(!spread); }}
        >
          {words.everywhere}
        </button>
      </div>
      {correction.mine && (
        <Tick checked={correction.consent} onTick={(yes) => { act(() => setConsent(book.id, id, yes))(); }}>
          {words.consent}
        </Tick>
      )}
      {refused !== null && <Notice error={refused} />}
      {spread && <Everywhere book={book.id} correction={id} onChange={onChange} />}
    </li>
  );
}

function Votes({ correction, onVote }: { correction: Correction; onVote: () => void }) {
  const words = useWords().desk;
  const role = useSession().me?.role;
  const may = role === "corrector" || role === "admin";
  if (!may || correction.mine || correction.state !== "open") return null;
  return (
    <button type="button" className="button small" aria-pressed={correction.voted} onClick={onVote}>
      {correction.voted ? words.voteBack : words.vote}
    </button>
  );
}

interface DecisionsProps {
  state: Correction["state"];
  onDecide: (what: Decision) => void;
}

function Decisions({ state, onDecide }: DecisionsProps) {
  const words = useWords().desk;
  const open: Decision[] = ["accept", "keep", "decline"];
  return (state === "open" ? open : (["undo"] as Decision[])).map((what) => (
    <button key={what} type="button" className="button small" onClick={() => { onDecide(what); }}>
      {words[what]}
    </button>
  ));
}
