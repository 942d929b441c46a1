import { useEffect, useId, useState } from "react";
import { changeBook, costOf } from "@/shared/api/books";
import type { Book } from "@/shared/api/shapes";
import type { Cost } from "@/shared/api/sourceShapes";
import { useWords } from "@/shared/i18n";
import { timeLeft } from "@/shared/time";
import { Notice } from "@/shared/ui/Notice";
import { useSend } from "@/shared/useSend";

/** From Korean to full Jeju in thirds: what lies between them says the same. */
const STEPS = 3;
const PAUSE_MS = 300;

interface DialProps {
  book: Book;
  onChange: (book: Book) => void;
}

/** How much of a book's text is Jeju; what it costs is told before it is made again. */
export function Dial({ book, onChange }: DialProps) {
  const { dial: words, production } = useWords();
  const id = useId();
  const now = Math.round(book.strength * STEPS);
  const [step, setStep] = useState(now);
  const { send, sending, refused } = useSend();
  const cost = useCost(book.id, step === now ? null : step / STEPS);
  const make = () =>
    send(async () => {
      onChange(await changeBook(book.id, { strength: step / STEPS }));
    });
  return (
    <div className="dial">
      <div className="sheet-row">
        <label htmlFor={id}>{words.label}</label>
        <input
          id={id}
          type="range"
          min={0}
          max={STEPS}
          step={1}
          value={step}
          aria-valuetext={words.steps[step]}
          onChange={(event) => { setStep(Number(event.target.value)); }}
        />
      </div>
      <p className="dial-ends" aria-hidden="true">
        <span>{words.korean}</span>
        <span>{words.steps[step]}</span>
        <span>{words.jeju}</span>
      </p>
      {cost && (
        <>
          <p className="faint" role="status">
            {words.cost(cost.translated + cost.spoken, cost.seconds === null ? "" : timeLeft(cost.seconds, production))}
          </p>
          <button type="button" className="button small" disabled={sending} onClick={() => void make()}>
            {words.make}
          </button>
        </>
      )}
      {refused !== null && <Notice error={refused} />}
    </div>
  );
}

/** What another strength would make again; null while nothing is chosen or known. */
function useCost(book: number, strength: number | null): Cost | null {
  const [told, setTold] = useState<{ strength: number; cost: Cost } | null>(null);
  useEffect(() => {
    if (strength === null) return undefined;
    const leaving = new AbortController();
    const timer = window.setTimeout(() => {
      // Where it cannot be told nothing is offered, and the next move asks again.
      costOf(book, { strength }, leaving.signal).then((cost) => { setTold({ strength, cost }); }, () => undefined);
    }, PAUSE_MS);
    return () => {
      window.clearTimeout(timer);
      leaving.abort();
    };
  }, [book, strength]);
  return strength !== null && told?.strength === strength ? told.cost : null;
}
