import type { About } from "@/shared/api/sourceShapes";
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

/** Something that is not read. */
export interface Unread {
  where: string;
  text: string;
}

/** What is not read, by reason; the reasons in the order they first occur. */
export function byReason(skipped: readonly string[][], words: Notes): [string, Unread[]][] {
  const groups = new Map<string, Unread[]>();
  for (const [where = "", text = "", reason = ""] of skipped) {
    const name = words.reasons[reason] ?? reason;
    groups.set(name, [...(groups.get(name) ?? []), { where: say(where, words), text }]);
  }
  return [...groups];
}

/** Languages and scripts with their shares, the largest three: 한국어 97%, 로마자로 쓴 말 3%. */
export function sharesIn(shares: Record<string, number>, words: Notes): string {
  const told = Object.entries(shares).sort(([, one], [, other]) => other - one);
  return told.slice(0, 3).map(([name, share]) => `${words.languages[name] ?? named(name, words)} ${Math.round(share * 100)}%`).join(", ");
}

/** Who made a source, and where it is from, in one line; "" where it tells nothing that the head does not. */
export function aboutLine(about: About, author: string, words: Notes): string {
  const makers = about.contributors
    .filter(({ name, roles }) => name !== author || roles.some((role) => role !== "aut"))
    .map(({ name, roles }) => [...roles.map((role) => words.roles[role] ?? ""), name].filter(Boolean).join(" "));
  const series = [about.series, about.series_number].filter(Boolean).join(" ");
  return [about.subtitle, ...makers, about.publisher, about.date, series, about.rights].filter(Boolean).join(" · ");
}
