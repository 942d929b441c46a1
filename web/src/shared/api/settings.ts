import { request } from "./http";
import type { Settings } from "./shapes";

const ADDRESS = "/api/settings/";

/** What somebody chose on any of their devices; what they never chose is missing. */
export function readSettings(signal: AbortSignal): Promise<Partial<Settings>> {
  return request("GET", ADDRESS, undefined, { signal });
}

export function patchSettings(change: Partial<Settings>): Promise<Partial<Settings>> {
  return request("PATCH", ADDRESS, change, { keepalive: true });
}
