import { request } from "./http";
import type { LexiconRow } from "./shapes";

/** What a word, in any form, is in Jeju. */
export async function lookUp(form: string): Promise<LexiconRow[]> {
  const answer = await request<{ rows: LexiconRow[] }>("GET", `/api/lexicon/?form=${encodeURIComponent(form)}`);
  return answer.rows;
}
