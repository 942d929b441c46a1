import { savePosition } from "@/shared/api/positions";
import type { Position } from "@/shared/api/shapes";
import { recall, remember } from "@/shared/storage";

const key = (bookId: number) => `place.${bookId}`;

/** The newer of what this device and the service remember. */
export function latestPlace(bookId: number, stored: Position | null): Position | null {
  const here = recall(key(bookId)) as Position | null;
  if (!here || !stored) return here ?? stored;
  return Date.parse(stored.client_time) > Date.parse(here.client_time) ? stored : here;
}

/**
 * Remember a place here and, for whoever is logged in, at the service.
 *
 * Returns the place of another device where that is newer, else null.
 */
export async function keepPlace(
  bookId: number,
  segment: number,
  ms: number,
  known: boolean,
  leaving = false,
): Promise<Position | null> {
  const place = {
    segment,
    audio_ms: Math.round(ms),
    client_time: new Date().toISOString(),
  };
  remember(key(bookId), place);
  if (!known) return null;
  const kept = await savePosition(bookId, place, leaving).catch(() => place);
  return kept === place ? null : kept;
}

export function forgetPlace(bookId: number): void {
  remember(key(bookId), null);
}
