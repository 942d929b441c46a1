import { ApiError, request } from "./http";
import type { Position } from "./shapes";

const at = (bookId: number) => `/api/books/${bookId}/position/`;

export interface SentPosition extends Pick<Position, "segment" | "audio_ms" | "client_time"> {
  /** Version of the place that this device knew, 0 for none. */
  based_on: number;
}

/** Where the listener is by what the service knows; null before the first place. */
export async function readPosition(bookId: number): Promise<Position | null> {
  return request<Position>("GET", at(bookId)).catch((error: unknown) => {
    if (error instanceof ApiError && error.status === 404) return null;
    throw error;
  });
}

/** Store where the listener is; another place that this device did not know stays (409). */
export async function savePosition(
  bookId: number,
  position: SentPosition,
  keepalive = false,
): Promise<{ version: number } | { newer: Position }> {
  try {
    const { version } = await request<Position>("PUT", at(bookId), position, { keepalive });
    return { version };
  } catch (error) {
    const newer = error instanceof ApiError && error.status === 409 ? storedIn(error) : null;
    if (newer) return { newer };
    throw error;
  }
}

function storedIn({ extra }: ApiError): Position | null {
  return typeof extra.segment === "number" ? (extra as unknown as Position) : null;
}
