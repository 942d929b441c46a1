import { useCallback, useState } from "react";
import { recall, remember } from "@/shared/storage";

const KEEP_DAYS = 30;
const DAY_MS = 86_400_000;

interface Kept {
  text: string;
  at: number;
}

function kept(key: string): string | null {
  const found = recall(key) as Partial<Kept> | null;
  const fresh = typeof found?.at === "number" && Date.now() - found.at < KEEP_DAYS * DAY_MS;
  return fresh && typeof found.text === "string" ? found.text : null;
}

/**
 * What somebody typed and has not sent: kept on this device until it is sent, whatever is closed
 * meanwhile. Null where nothing was typed.
 */
export function useKept(key: string): [string | null, (text: string | null) => void] {
  const [typed, setTyped] = useState<{ key: string; text: string | null }>(() => ({ key, text: kept(key) }));
  const now = typed.key === key ? typed.text : kept(key);
  const write = useCallback(
    (text: string | null) => {
      setTyped({ key, text });
      remember(key, text === null ? null : { text, at: Date.now() });
    },
    [key],
  );
  return [now, write];
}
