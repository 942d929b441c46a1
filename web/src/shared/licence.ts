import type { Words } from "@/shared/i18n/ko";

/** A licence by its name in the page's language, where it has one. */
export function licenceIn({ licences }: Words["sharing"], licence: string): string {
  return (licences as Record<string, string>)[licence] ?? licence;
}
