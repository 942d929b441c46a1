import { useState } from "react";
import { recall, remember } from "@/shared/storage";

export const SIZES = 5;

/** How this reader likes the page: letter size and whether Korean stands beside. */
export interface Reading {
  size: number;
  korean: boolean;
  setSize: (size: number) => void;
  setKorean: (korean: boolean) => void;
}

const within = (size: unknown) => Math.min(Math.max(Number(size) || 0, 0), SIZES - 1);

export function useReading(): Reading {
  const [size, keepSize] = useState(() => within(recall("size") ?? 2));
  const [korean, keepKorean] = useState(() => recall("korean") !== false);
  const setSize = (next: number) => {
    keepSize(within(next));
    remember("size", within(next));
  };
  const setKorean = (next: boolean) => {
    keepKorean(next);
    remember("korean", next);
  };
  return { size, korean, setSize, setKorean };
}
