import { useLocale } from "@/shared/i18n";

/** Writes a day as the reader's language does. */
export function useDay(): (time: string) => string {
  const format = new Intl.DateTimeFormat(useLocale(), { dateStyle: "medium" });
  return (time) => format.format(new Date(time));
}
