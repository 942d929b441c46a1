import { savePosition } from "@/shared/api/positions";
import type { Book, Position } from "@/shared/api/shapes";
import { recall, remember } from "@/shared/storage";

const key = (bookId: number) => `place.${bookId}`;

function remembered(bookId: number): Position | null {
  const here = recall(key(bookId)) as Partial<Position> | null;
  return typeof here?.position === "number" ? (here as Position) : null;
}

/**
 * The newer of what this device and the service remember. Where this device knew what the service
 * has, its own is the newer, whatever its clock says.
 */
export function latestPlace(bookId: number, stored: Position | null): Position | null {
  const here = remembered(bookId);
  if (!here || !stored) return here ?? stored;
  if (here.version === stored.version) return here;
  return Date.parse(stored.client_time) > Date.parse(here.client_time) ? stored : here;
}

/** The service's place where this device went its own way without knowing it; else null. */
export function unknownHere({ id, position }: Book): Position | null {
  const here = remembered(id);
  if (!here || !position || here.version === position.version) return null;
  const near = Math.abs(here.position - position.position) <= 1;
  return near || latestPlace(id, position) === position ? null : position;
}

/**
 * Where the listener of a book stands when it is opened, by sentence and milliseconds: at the
 * sentence that stands behind `#` in the address (counted from 1), else where they stopped.
 */
export function startOf({ id, position, segments }: Book, hash: string): { index: number; ms: number } {
  const named = /^\d{1,7}$/.test(hash) ? Number(hash) : 0;
  if (named >= 1 && named <= segments.total) return { index: named - 1, ms: 0 };
  const place = latestPlace(id, position);
  if (!place || place.position >= segments.total) return { index: 0, ms: 0 };
  return { index: place.position, ms: place.audio_ms };
}

export type Here = Pick<Position, "segment" | "audio_ms" | "position">;

/** What became of a place: kept with its version, or another device's is there. */
export type Kept = { newer: Position } | { version: number } | null;

/**
 * Remember a place here and, for whoever is logged in, at the service.
 *
 * Args: `known`, the version of the service's place that this device knew, null for guests.
 * Returns null where the service was not asked or could not be reached.
 */
export async function keepPlace(
  bookId: number,
  here: Here,
  known: number | null,
  leaving = false,
): Promise<Kept> {
  const client_time = new Date().toISOString();
  remember(key(bookId), { ...here, client_time, version: known ?? 0 });
  if (known === null) return null;
  const { segment, audio_ms } = here;
  const sent = { segment, audio_ms, client_time, based_on: known };
  const told = await savePosition(bookId, sent, leaving).catch(() => null);
  if (told && "version" in told) remember(key(bookId), { ...here, client_time, version: told.version });
  return told;
}
