import type { Tongue } from "@/shared/api/shapes";
import { choose, useSetting } from "@/shared/settings";
import { en } from "./en";
import type { Words } from "./ko";
import { ko } from "./ko";

export type { Tongue };

const dictionaries: Record<Tongue, Words> = { ko, en };

/** The words of the page in the language chosen. */
export function useWords(): Words {
  return dictionaries[useTongue()];
}

export function useTongue(): Tongue {
  return useSetting("tongue");
}

export function speak(tongue: Tongue): void {
  choose({ tongue });
}
