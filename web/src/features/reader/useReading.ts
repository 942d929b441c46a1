import { choose, useSetting } from "@/shared/settings";

export const SIZES = 5;

/** How this reader likes the page: letter size and whether Korean stands beside. */
export interface Reading {
  size: number;
  korean: boolean;
  setSize: (size: number) => void;
  setKorean: (korean: boolean) => void;
}

const within = (size: number) => Math.min(Math.max(Math.round(size), 0), SIZES - 1);

export function useReading(): Reading {
  const size = within(useSetting("size"));
  const korean = useSetting("korean");
  const setSize = (next: number) => { choose({ size: within(next) }); };
  const setKorean = (next: boolean) => { choose({ korean: next }); };
  return { size, korean, setSize, setKorean };
}
