import { useCallback, useEffect, useState } from "react";
import { useWhenBack } from "./useWhenBack";

export interface Asked<Item> {
  item: Item | null;
  error: unknown;
  reload: () => void;
  /** Show this from now on: an answer of the service to something else. */
  take: (item: Item) => void;
}

/**
 * What the service tells; `ask` must be the same function as long as it asks the same. It asks
 * again when `state`, of what it asks about, is another.
 */
export function useItem<Item>(ask: (signal: AbortSignal) => Promise<Item>, state = ""): Asked<Item> {
  const [item, take] = useState<Item | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [times, setTimes] = useState(0);
  const reload = useCallback(() => {
    setTimes((count) => count + 1);
  }, []);
  useEffect(() => {
    const leaving = new AbortController();
    ask(leaving.signal).then(
      (found) => {
        take(found);
        setError(null);
      },
      (reason: unknown) => {
        if (!leaving.signal.aborted) setError(reason);
      },
    );
    return () => {
      leaving.abort();
    };
  }, [ask, times, state]);
  useWhenBack(error !== null, reload);
  return { item, error, reload, take };
}
