import type { Lengths } from "@/shared/api/shapes";
import type { Lines } from "./feed";

/** Where each line begins in the sound made so far, in milliseconds. */
export interface Timeline {
  starts: readonly number[];
  total: number;
}

/** A line that is known says how long it is; of the others the service told. */
export function timelineOf(lines: Lines, lengths: Lengths | null): Timeline {
  const starts: number[] = [];
  let total = 0;
  for (let at = 0; at < lines.length; at += 1) {
    starts.push(total);
    const line = lines[at];
    if (line?.audio) total += line.ms + line.pause;
    else if (!line) total += (lengths?.durations[at] ?? 0) + (lengths?.pauses[at] ?? 0);
  }
  return { starts, total };
}

/** How long a stretch of lines sounds, milliseconds. */
export function lengthOf({ starts, total }: Timeline, { first, end }: { first: number; end: number }): number {
  return (starts[end] ?? total) - (starts[first] ?? 0);
}

/** The line heard at a time of the whole book, and the time inside it. */
export function locate({ starts }: Timeline, ms: number): { index: number; ms: number } {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? Infinity) <= ms) low = middle + 1;
    else high = middle;
  }
  const index = Math.max(0, low - 1);
  return { index, ms: Math.max(0, ms - (starts[index] ?? 0)) };
}
