import { request } from "./http";
import type { Finding } from "./sourceShapes";

/** What of a Jeju text is not written by the rules of its spelling, and what would be. */
export async function readSpelling(text: string, signal: AbortSignal): Promise<Finding[]> {
  const { findings } = await request<{ findings: Finding[] }>("POST", "/api/spelling/", { text }, { signal });
  return findings;
}
