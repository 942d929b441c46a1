import { useEffect, useMemo, useState } from "react";
import { BLOCK, readLengths } from "@/shared/api/segments";
import type { Book, Lengths } from "@/shared/api/shapes";
import type { Lines } from "./feed";
import { type Timeline, timelineOf } from "./timeline";

/** When each line is heard; of a book longer than what is read, the service tells. */
export function useTimeline({ id, status, segments }: Book, lines: Lines): Timeline {
  const [lengths, setLengths] = useState<Lengths | null>(null);
  const long = segments.total > BLOCK;
  const made = Math.floor(segments.done / BLOCK);
  useEffect(() => {
    if (!long) return undefined;
    const leaving = new AbortController();
    // Without it the time of what is known is shown: nothing waits for it.
    readLengths(id, leaving.signal).then(setLengths, () => undefined);
    return () => {
      leaving.abort();
    };
  }, [id, status, long, made]);
  return useMemo(() => timelineOf(lines, lengths), [lines, lengths]);
}
