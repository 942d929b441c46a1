import { useCallback, useEffect, useState } from "react";

export interface List<Item> {
  items: readonly Item[] | null;
  error: unknown;
  reload: () => void;
}

/** What the service lists; `ask` must be the same function each time. */
export function useList<Item>(ask: (signal: AbortSignal) => Promise<readonly Item[]>): List<Item> {
  const [items, setItems] = useState<readonly Item[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [times, setTimes] = useState(0);
  const reload = useCallback(() => {
    setTimes((count) => count + 1);
  }, []);
  useEffect(() => {
    const leaving = new AbortController();
    ask(leaving.signal).then(
      (found) => {
        setItems(found);
        setError(null);
      },
      (reason: unknown) => {
        if (!leaving.signal.aborted) setError(reason);
      },
    );
    return () => {
      leaving.abort();
    };
  }, [ask, times]);
  return { items, error, reload };
}
