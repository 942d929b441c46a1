import { ApiError, request } from "./http";
import type { Position } from "./shapes";

/** Store where the listener is; answers the stored place, theirs or a newer one (409). */
export async function savePosition(
  bookId: number,
  position: Position,
  keepalive = false,
): Promise<Position> {
  const address = `/api/books/${bookId}/position/`;
  try {
    await request("PUT", address, position, { keepalive });
    return position;
  } catch (error) {
    const newer = error instanceof ApiError && error.status === 409 ? storedIn(error) : null;
    if (newer) return newer;
    throw error;
  }
}

function storedIn({ extra }: ApiError): Position | null {
  const stored = (extra.position ?? extra) as Partial<Position>;
  return typeof stored.segment === "number" ? (stored as Position) : null;
}
