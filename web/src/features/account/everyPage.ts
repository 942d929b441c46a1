import type { Page } from "@/shared/api/shapes";

/** Everything that is listed, page after page. */
export async function everyPage<Item>(ask: (page: number) => Promise<Page<Item>>): Promise<Item[]> {
  const found: Item[] = [];
  for (let page = 1; ; page += 1) {
    const answer = await ask(page);
    found.push(...answer.results);
    if (answer.next === null) return found;
  }
}
