import { type ComponentType, createElement, lazy } from "react";
import { recall, remember } from "@/shared/storage";

/** A page's file did not come: the network is away, or there is another build by now. */
export class NotFetched extends Error {
  constructor(readonly reason: unknown) {
    super("A file of the page did not come.");
    this.name = "NotFetched";
  }
}

const failed = new Set<() => void>();

/** A page in a file of its own; a file that did not come is asked for again after `fetchAgain`. */
export function later<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): ComponentType<Props> {
  const ask = () =>
    lazy(() =>
      load().then(
        (page) => ({ default: page }),
        (reason: unknown) => {
          failed.add(() => { page = ask(); });
          throw new NotFetched(reason);
        },
      ),
    );
  let page = ask();
  return function Later(props: Props) {
    return createElement(page as ComponentType<Props>, props);
  };
}

/** Ask for the files that did not come, when they are next shown. */
export function fetchAgain(): void {
  for (const forget of failed) forget();
  failed.clear();
}

const RELOADED = "reloaded";
const RELOAD_MS = 20_000;

export type Build = "none" | "another" | "mine";

/** What the service has now: nothing where it does not answer; else this tab's build, or another. */
export async function buildThere(): Promise<Build> {
  const answer = await fetch("/", { cache: "no-store" }).catch(() => null);
  if (!answer?.ok) return "none";
  const told = await answer.text();
  const mine = document.querySelector("script[type=module][src]")?.getAttribute("src") ?? "";
  return told.includes(mine) ? "mine" : "another";
}

/** Load the tab anew, but not twice in a row: what does not come then is missing at the service. */
export function loadAnew(): void {
  const before = recall(RELOADED);
  if (typeof before === "number" && Date.now() - before < RELOAD_MS) return;
  remember(RELOADED, Date.now());
  window.location.reload();
}
