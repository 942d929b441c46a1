import { ApiError } from "./http";

/** Seconds between two questions while a worker builds the file. */
const AGAIN_MS = 3000;

/** Wait until a file of the book can be fetched from its address. */
export async function prepareExport(address: string, signal: AbortSignal): Promise<void> {
  for (;;) {
    const response = await fetch(`${address}?wait=0`, { method: "HEAD", signal }).catch(
      (reason: unknown) => {
        if (signal.aborted) throw reason;
        throw new ApiError(0, "");
      },
    );
    if (!response.ok) throw new ApiError(response.status, "");
    if (response.status !== 202) return;
    await new Promise((resolve) => window.setTimeout(resolve, AGAIN_MS));
    signal.throwIfAborted();
  }
}
