import { request } from "./http";
import type { Page } from "./shapes";

const MOST = 500;

/** Every row of a list, however many pages it has.
 *
 * @param address Of the list, with or without a question of its own.
 */
export async function everyRow<Row>(address: string, signal?: AbortSignal): Promise<Row[]> {
  const rows: Row[] = [];
  const joint = address.includes("?") ? "&" : "?";
  for (let number = 1; ; number += 1) {
    const path = `${address}${joint}page_size=${MOST}&page=${number}`;
    const page = await request<Page<Row>>("GET", path, undefined, signal ? { signal } : {});
    rows.push(...page.results);
    if (page.next === null) return rows;
  }
}
