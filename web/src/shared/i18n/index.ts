import { recall, remember } from "@/shared/storage";
import { Store, useStore } from "@/shared/store";
import { en } from "./en";
import type { Words } from "./ko";
import { ko } from "./ko";

export type Tongue = "ko" | "en";

const dictionaries: Record<Tongue, Words> = { ko, en };
const chosen = new Store<Tongue>(recall("tongue") === "en" ? "en" : "ko");

/** The words of the page in the language chosen. */
export function useWords(): Words {
  return dictionaries[useTongue()];
}

export function useTongue(): Tongue {
  return useStore(chosen, (tongue) => tongue);
}

export function tongueNow(): Tongue {
  return chosen.get();
}

export function speak(tongue: Tongue): void {
  chosen.set(tongue);
  remember("tongue", tongue);
  document.documentElement.lang = tongue;
}
