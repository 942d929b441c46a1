import { patchSettings, readSettings } from "@/shared/api/settings";
import type { Settings } from "@/shared/api/shapes";
import { recall, remember } from "@/shared/storage";
import { Store, useStore } from "@/shared/store";

/** What a sentence is followed by: the next, nothing, itself, or a pause to say it after. */
export type After = "go" | "stop" | "repeat" | "shadow";

/** What hangs on the screen that one looks at, or the room that one listens in. */
interface Here {
  /** Between lines, from 0. */
  spacing: number;
  contrast: "system" | "more";
  /** What lights up: the word that is heard, or its sentence alone. */
  grain: "word" | "sentence";
  after: After;
  /** The chapter begins again at its end. */
  loop: boolean;
  /** Each sentence in two languages, and which comes first. */
  both: "off" | "ko" | "jje";
  /** How often each sentence is heard then. */
  times: number;
}

type All = Settings & Here;

const DEFAULTS: All = {
  speed: 1,
  size: 2,
  korean: true,
  tongue: ownTongue(),
  theme: "system",
  spelling: "araea",
  spacing: 1,
  contrast: "system",
  grain: "word",
  after: "go",
  loop: false,
  both: "off",
  times: 1,
};
const NAMES = Object.keys(DEFAULTS) as (keyof All)[];
const CHOICES: { [Name in keyof All]?: readonly All[Name][] } = {
  tongue: ["ko", "en"],
  theme: ["system", "light", "dark"],
  spelling: ["araea", "modern"],
  contrast: ["system", "more"],
  grain: ["word", "sentence"],
  after: ["go", "stop", "repeat", "shadow"],
  both: ["off", "ko", "jje"],
  times: [1, 2, 3, 5],
};
/** Of this device: large letters of a phone are no wish for a laptop. */
const OURS: ReadonlySet<string> = new Set<keyof All>(["size", "spacing", "contrast", "grain", "after", "loop", "both", "times"]);
/** What the service has not been told yet: it could not be reached. */
const UNSENT = "unsent";

/** The language that the browser asks for, where it is one of ours. */
function ownTongue(): Settings["tongue"] {
  return navigator.language.toLowerCase().startsWith("ko") ? "ko" : "en";
}

/** What of some settings follows to other devices. */
function common(change: Partial<All>): Partial<Settings> {
  return Object.fromEntries(Object.entries(change).filter(([name]) => !OURS.has(name)));
}

/** What of something remembered, or told, is a setting that this page knows. */
function known(told: Record<string, unknown>): Partial<All> {
  const good = NAMES.filter((name) => {
    const choices = CHOICES[name] as readonly unknown[] | undefined;
    return choices ? choices.includes(told[name]) : typeof told[name] === typeof DEFAULTS[name];
  });
  return Object.fromEntries(good.map((name) => [name, told[name]]));
}

function recalled(): All {
  return { ...DEFAULTS, ...known(Object.fromEntries(NAMES.map((name) => [name, recall(name)]))) };
}

/** How this person likes to listen and read: kept on this device, and with the account. */
const settings = new Store<All>(recalled());
let followed = false;

export function useSetting<Name extends keyof All>(name: Name): All[Name] {
  return useStore(settings, (all) => all[name]);
}

export function settingsNow(): All {
  return settings.get();
}

/** Language and light hold for the whole page; colours follow color-scheme (light-dark() in CSS). */
export function applySettings(): void {
  const { tongue, theme, contrast } = settings.get();
  document.documentElement.lang = tongue;
  const more = contrast === "more" || window.matchMedia("(prefers-contrast: more)").matches;
  document.documentElement.dataset.contrast = more ? "more" : "";
  document.documentElement.style.colorScheme = theme === "system" ? "light dark" : theme;
}

function mergeSettings(change: Partial<All>): void {
  for (const [name, value] of Object.entries(change)) remember(name, value);
  settings.set({ ...settings.get(), ...change });
  applySettings();
}

/** Like something otherwise, here at once and on the other devices of whoever is logged in. */
export function choose(change: Partial<All>): void {
  mergeSettings(change);
  const told = common(change);
  if (!followed || !Object.keys(told).length) return;
  remember(UNSENT, { ...unsent(), ...told });
  void send();
}

function unsent(): Partial<Settings> {
  return common(known((recall(UNSENT) as Record<string, unknown> | null) ?? {}));
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
    mergeSettings({ ...common(known(await readSettings(signal))), ...unsent() });
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
