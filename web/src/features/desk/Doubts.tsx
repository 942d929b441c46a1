import { useState } from "react";
import { lookUp } from "@/shared/api/lexicon";
import type { LexiconRow as Row, Segment } from "@/shared/api/shapes";
import { useWords } from "@/shared/i18n";
import { LexiconRow } from "@/shared/ui/LexiconRow";
import { Notice } from "@/shared/ui/Notice";

/** Which words of a sentence its translator doubts, why, and what the lexicon says of them. */
export function Doubts({ segment: { doubts } }: { segment: Segment }) {
  const words = useWords().desk;
  if (!doubts.length) return null;
  return (
    <section aria-label={words.doubts}>
      <h3>{words.doubts}</h3>
      <ul className="doubts">
        {doubts.map(([word, lemma, reason]) => (
          <li key={word}>
            <span lang="ko">{lemma}</span>: {words.reasons[reason] ?? reason} <Rows form={lemma} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The rows of a word, asked for when somebody wants to see them. */
function Rows({ form }: { form: string }) {
  const words = useWords().desk;
  const [rows, setRows] = useState<Row[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  if (error !== null) return <Notice error={error} />;
  if (rows === null) {
    const show = () => void lookUp(form).then(setRows, setError);
    return (
      <button type="button" className="link" onClick={show}>
        {words.rows}
      </button>
    );
  }
  if (!rows.length) return <span className="faint">{words.noRows}</span>;
  return (
    <ul>
      {rows.map((row) => (
        <li key={`${row.korean} ${row.sense}`}>
          <LexiconRow row={row} />
        </li>
      ))}
    </ul>
  );
}
