import type { Locale } from "@/shared/api/shapes";
import { choose, useSetting } from "@/shared/settings";
import { en } from "./en";
import type { Words } from "./ko";
import { ko } from "./ko";

export type { Locale };

const dictionaries: Record<Locale, Words> = { ko, en };

/** The words of the page in the language chosen. */
export function useWords(): Words {
  return dictionaries[useLocale()];
}

export function useLocale(): Locale {
  return useSetting("tongue");
}

export function chooseLocale(locale: Locale): void {
  choose({ tongue: locale });
}
