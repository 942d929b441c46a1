import type { LexiconRow as Row } from "@/shared/api/shapes";
import { useLocale, useWords } from "@/shared/i18n";
import type { Words } from "@/shared/i18n/ko";

/** A sense of a word as the lexicon has it: forms, places, evidence and whom to thank. */
export function LexiconRow({ row }: { row: Row }) {
  const words = useWords().rows;
  const english = useLocale() === "en" ? undefined : "en";
  return (
    <>
      <p>
        <strong lang="ko">{row.korean}</strong>{" "}
        <span className="faint">
          {joined(words.parts[row.part_of_speech] ?? row.part_of_speech, words.registers[row.register] ?? row.register)}
        </span>{" "}
        {/* The table tells senses and notes in English. */}
        <span className="faint" lang={english}>
          {row.sense}
        </span>
      </p>
      <p lang="jje">{row.forms.map(named).join(", ")}</p>
      <p className="faint">
        {row.evidence.length > 0 && `${words.evidence}: ${bySource(row.evidence, words)} · `}
        {row.note && <span lang={english}>{row.note} · </span>}
        {joined(row.credit, row.licence)}
      </p>
    </>
  );
}

function named({ form, region }: { form: string; region: string }) {
  return region ? `${form} (${region})` : form;
}

/** `a:1 a:2 b:3` as "A 1, 2; B 3", each source by its own name. */
function bySource(evidence: string[], { sources, correction }: Words["rows"]) {
  const lines = new Map<string, string[]>();
  for (const one of evidence) {
    const corrected = /^correction (\S+)(?: by (.+))?$/.exec(one);
    const [source = "", line] = corrected ? [correction(corrected[1] ?? "", corrected[2] ?? "")] : one.split(":");
    lines.set(source, [...(lines.get(source) ?? []), ...(line ? [line] : [])]);
  }
  return [...lines].map(([source, numbers]) => `${sources[source] ?? source} ${numbers.join(", ")}`.trim()).join("; ");
}

function joined(...parts: string[]) {
  return parts.filter(Boolean).join(" · ");
}
