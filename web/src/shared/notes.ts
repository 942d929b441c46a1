import type { Words } from "@/shared/i18n/ko";

type Notes = Words["notes"];

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** Say what the reader of a manuscript said in the page's language; as it is where it has no words. */
export function say(line: string, words: Notes): string {
  for (const [sentence, said] of Object.entries(words.warnings)) {
    const pattern = new RegExp(`^${sentence.split("{}").map(escaped).join("(.+?)")}$`, "s");
    const values = pattern.exec(line)?.slice(1);
    if (values) return said.replace(/\{(\d)\}/g, (_, at: string) => named(values[Number(at)] ?? "", words));
  }
  return line;
}

function named(value: string, words: Notes): string {
  return Object.entries(words.values).reduce((text, [word, own]) => text.replaceAll(word, own), value);
}

export interface LeftOut {
  where: string;
  text: string;
}

/** What is not read, by reason; the reasons in the order they first occur. */
export function byReason(skipped: readonly string[][], words: Notes): [string, LeftOut[]][] {
  const groups = new Map<string, LeftOut[]>();
  for (const [where = "", text = "", reason = ""] of skipped) {
    const name = words.reasons[reason] ?? reason;
    groups.set(name, [...(groups.get(name) ?? []), { where: say(where, words), text }]);
  }
  return [...groups];
}
