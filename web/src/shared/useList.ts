import { useItem } from "./useItem";

export interface List<Item> {
  items: readonly Item[] | null;
  error: unknown;
  reload: () => void;
}

/** What the service lists; `ask` must be the same function each time. */
export function useList<Item>(ask: (signal: AbortSignal) => Promise<readonly Item[]>): List<Item> {
  const { item, error, reload } = useItem(ask);
  return { items: item, error, reload };
}
