import { recall, remember } from "@/shared/storage";

export type Theme = "system" | "light" | "dark";

const ORDER: Theme[] = ["system", "light", "dark"];

export function themeNow(): Theme {
  const kept = recall("theme");
  return ORDER.find((theme) => theme === kept) ?? "system";
}

export function nextTheme(theme: Theme): Theme {
  return ORDER[(ORDER.indexOf(theme) + 1) % ORDER.length] ?? "system";
}

/** Colours are chosen in CSS with light-dark(), which follows color-scheme. */
export function applyTheme(theme: Theme): void {
  document.documentElement.style.colorScheme = theme === "system" ? "light dark" : theme;
  remember("theme", theme);
}
