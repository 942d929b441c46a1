import { request } from "./http";
import type { Change, Page, Pronunciation } from "./shapes";

const BASE = "/api/pronunciations/";

export interface Preview {
  count: number;
  results: Change[];
}

export function listPronunciations(page = 1, signal?: AbortSignal): Promise<Page<Pronunciation>> {
  return request("GET", `${BASE}?page=${page}&page_size=500`, undefined, signal ? { signal } : {});
}

/** What saying a word so would change, before it does. */
export function previewPronunciation(term: string, spoken: string): Promise<Preview> {
  return request("POST", `${BASE}preview/`, { term, spoken });
}

export function savePronunciation(term: string, spoken: string): Promise<Pronunciation> {
  return request("POST", BASE, { term, spoken });
}

export function removePronunciation(id: number): Promise<void> {
  return request("DELETE", `${BASE}${id}/`);
}
