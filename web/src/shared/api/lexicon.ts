import { request } from "./http";

/** A way to say a word, where people say so, and how that is known. */
export interface LexiconForm {
  form: string;
  region: string;
  register: string;
  evidence: string;
}

/** A word of the lexicon in one sense. */
export interface LexiconRow {
  korean: string;
  pos: string;
  sense: string;
  forms: LexiconForm[];
  credit: string;
}

/** What the lexicon says of a word, in Jeju or Korean and in any of its forms. */
export async function readLexicon(word: string, signal: AbortSignal): Promise<LexiconRow[]> {
  const query = new URLSearchParams({ word });
  const { rows } = await request<{ rows: LexiconRow[] }>("GET", `/api/lexicon/?${query}`, undefined, { signal });
  return rows;
}
