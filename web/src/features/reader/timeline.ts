import type { Line } from "./lines";

/** Where each line begins in the sound made so far, in milliseconds. */
export interface Timeline {
  starts: readonly number[];
  total: number;
}

export function timelineOf(lines: readonly Line[]): Timeline {
  const starts: number[] = [];
  let total = 0;
  for (const line of lines) {
    starts.push(total);
    if (line.audio) total += line.ms + line.pause;
  }
  return { starts, total };
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
