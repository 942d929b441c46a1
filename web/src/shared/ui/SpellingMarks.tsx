import { useEffect, useState } from "react";
import { readSpelling } from "@/shared/api/spelling";
import type { Finding } from "@/shared/api/sourceShapes";
import { useLocale, useWords } from "@/shared/i18n";

const PAUSE_MS = 700;
const MOST = 2000;
const MOST_SHOWN = 8;

interface SpellingMarksProps {
  text: string;
  onText: (text: string) => void;
}

/** Words of a Jeju text that are not written by its rules: why, and what to write, at one press. */
export function SpellingMarks({ text, onText }: SpellingMarksProps) {
  const words = useWords().typing;
  const locale = useLocale();
  const findings = useFindings(text);
  return (
    <div className="spelling" role="status">
      {findings.length > 0 && <p className="faint">{words.marks(findings.length)}</p>}
      <ul>
        {findings.slice(0, MOST_SHOWN).map((one) => (
          <li key={`${one.start} ${one.word}`}>
            <span className="misspelt" lang="jje">
              {one.word}
            </span>
            {one.right.map((right) => (
              <button
                key={right}
                type="button"
                className="button small"
                lang="jje"
                aria-label={words.mend(one.word, right)}
                onClick={() => { onText(text.slice(0, one.start) + right + text.slice(one.end)); }}
              >
                {right}
              </button>
            ))}
            <span className="faint">{locale === "ko" ? one.why : one.why_english}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** What is wrong in a text that nobody has touched for a moment; nothing where nobody can say. */
function useFindings(text: string): readonly Finding[] {
  const [told, setTold] = useState<{ text: string; findings: Finding[] } | null>(null);
  useEffect(() => {
    if (!text.trim() || text.length > MOST) return undefined;
    const leaving = new AbortController();
    const timer = window.setTimeout(() => {
      readSpelling(text, leaving.signal).then(
        (findings) => { setTold({ text, findings: findings.filter(({ verdict }) => verdict === "wrong") }); },
        // Marks help whoever writes; without them they write on.
        () => undefined,
      );
    }, PAUSE_MS);
    return () => {
      window.clearTimeout(timer);
      leaving.abort();
    };
  }, [text]);
  return told?.text === text ? told.findings : [];
}
