import { patchSettings, readSettings } from "@/shared/api/settings";
import type { Settings } from "@/shared/api/shapes";
import { recall, remember } from "@/shared/storage";
import { Store, useStore } from "@/shared/store";

const DEFAULTS: Settings = {
  speed: 1,
  size: 2,
  korean: true,
  tongue: "ko",
  theme: "system",
  spelling: "araea",
};
const NAMES = Object.keys(DEFAULTS) as (keyof Settings)[];
const CHOICES: { [Name in keyof Settings]?: readonly Settings[Name][] } = {
  tongue: ["ko", "en"],
  theme: ["system", "light", "dark"],
  spelling: ["araea", "modern"],
};
/** What the service has not been told yet: it could not be reached. */
const UNSENT = "unsent";

/** What of something remembered, or told, is a setting that this page knows. */
function known(told: Record<string, unknown>): Partial<Settings> {
  const good = NAMES.filter((name) => {
    const choices = CHOICES[name] as readonly unknown[] | undefined;
    return choices ? choices.includes(told[name]) : typeof told[name] === typeof DEFAULTS[name];
  });
  return Object.fromEntries(good.map((name) => [name, told[name]]));
}

function recalled(): Settings {
  return { ...DEFAULTS, ...known(Object.fromEntries(NAMES.map((name) => [name, recall(name)]))) };
}

/** How this person likes to listen and read: kept on this device, and with the account. */
const settings = new Store<Settings>(recalled());
let followed = false;

export function useSetting<Name extends keyof Settings>(name: Name): Settings[Name] {
  return useStore(settings, (all) => all[name]);
}

export function settingsNow(): Settings {
  return settings.get();
}

/** Language and light hold for the whole page; colours follow color-scheme (light-dark() in CSS). */
export function applySettings(): void {
  const { tongue, theme } = settings.get();
  document.documentElement.lang = tongue;
  document.documentElement.style.colorScheme = theme === "system" ? "light dark" : theme;
}

function mergeSettings(change: Partial<Settings>): void {
  for (const [name, value] of Object.entries(change)) remember(name, value);
  settings.set({ ...settings.get(), ...change });
  applySettings();
}

/** Like something otherwise, here at once and on the other devices of whoever is logged in. */
export function choose(change: Partial<Settings>): void {
  mergeSettings(change);
  if (!followed) return;
  remember(UNSENT, { ...unsent(), ...change });
  void send();
}

function unsent(): Partial<Settings> {
  return known((recall(UNSENT) as Record<string, unknown> | null) ?? {});
}

async function send(): Promise<void> {
  const told = unsent();
  if (!Object.keys(told).length) return;
  try {
    await patchSettings(told);
  } catch {
    // Sent with the next choice, or when the page is opened again.
    return;
  }
  const left = Object.entries(unsent()).filter(([name, value]) => told[name as keyof Settings] !== value);
  remember(UNSENT, left.length ? Object.fromEntries(left) : null);
}

/** Somebody is here: take over what they chose elsewhere. */
export async function follow(signal: AbortSignal): Promise<void> {
  followed = true;
  try {
    mergeSettings({ ...known(await readSettings(signal)), ...unsent() });
  } catch {
    // What this device remembers goes on.
    return;
  }
  await send();
}

/** Nobody is here any more: what is chosen from now on is this device's alone. */
export function unfollow(): void {
  followed = false;
  remember(UNSENT, null);
}
