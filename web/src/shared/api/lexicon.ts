import { request } from "./http";
import type { LexiconRow } from "./shapes";

/** What a word, in Jeju or Korean and in any form, is in Jeju. */
export async function lookUp(form: string, signal?: AbortSignal): Promise<LexiconRow[]> {
  const query = new URLSearchParams({ form });
  const { rows } = await request<{ rows: LexiconRow[] }>("GET", `/api/lexicon/?${query}`, undefined, signal && { signal });
  return rows;
}
