import { useCallback, useState } from "react";
import { applyEverywhere, readEverywhere } from "@/shared/api/corrections";
import type { Previewed } from "@/shared/api/shapes";
import { useWords } from "@/shared/i18n";
import { Notice } from "@/shared/ui/Notice";
import { Tick } from "@/shared/ui/Tick";
import { useItem } from "@/shared/useItem";
import { useSend } from "@/shared/useSend";

interface EverywhereProps {
  book: number;
  correction: number;
  onChange: () => void;
}

/** One correction for all of one's books: what would change is seen, and chosen, before it does. */
export function Everywhere({ book, correction, onChange }: EverywhereProps) {
  const words = useWords().desk;
  const { item, error, reload } = useItem(
    useCallback(() => readEverywhere(book, correction), [book, correction]),
  );
  const [left, setLeft] = useState<ReadonlySet<number>>(new Set());
  const [changed, setChanged] = useState(0);
  const { send, sending, refused } = useSend();
  const chosen = (item ?? []).filter(({ segment }) => !left.has(segment));
  const apply = () =>
    send(async () => {
      const answer = await applyEverywhere(book, correction, chosen.map(({ segment }) => segment));
      setChanged(answer.changed);
      reload();
      onChange();
    });
  const turn = (segment: number, on: boolean) => {
    const next = new Set(left);
    if (on) next.delete(segment);
    else next.add(segment);
    setLeft(next);
  };
  if (error !== null) return <Notice error={error} />;
  if (!item) return null;
  return (
    <div className="everywhere">
      <p role="status">{changed > 0 && words.everywhereDone(changed)}</p>
      <p>{item.length ? words.everywhereTitle(item.length) : words.everywhereNone}</p>
      <ul>
        {item.map((one) => (
          <li key={one.segment}>
            <Tick checked={!left.has(one.segment)} onTick={(on) => { turn(one.segment, on); }}>
              <Difference change={one} />
            </Tick>
          </li>
        ))}
      </ul>
      {refused !== null && <Notice error={refused} />}
      {item.length > 0 && (
        <button
          type="button"
          className="button small"
          disabled={sending || !chosen.length}
          onClick={() => void apply()}
        >
          {words.everywhereApply(chosen.length)}
        </button>
      )}
    </div>
  );
}

/** A sentence before and after; before alone, under its source, where it waits for the translator. */
export function Difference({ change }: { change: Previewed }) {
  const { language: from = "ko" } = change;
  const into = from === "ko" ? "jje" : "ko";
  return (
    <span className="difference">
      <span className="faint">{change.title}</span>
      {change.text !== undefined && <span lang={from}>{change.text}</span>}
      <del lang={into}>{change.before}</del>
      {change.after !== undefined && <ins lang={into}>{change.after}</ins>}
    </span>
  );
}
