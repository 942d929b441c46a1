import { vi } from "vitest";
import { MockLibrary } from "../dev/mock/library";
import type { Story } from "../dev/mock/stories";

/** Put the mock library behind `fetch`; polling stands in for events, which jsdom lacks. */
export function serve(shelf?: readonly Story[], now: () => number = Date.now): MockLibrary {
  const library = new MockLibrary(now, shelf);
  vi.stubGlobal("fetch", (address: string, init: RequestInit = {}) => {
    const sent = typeof init.body === "string" ? (JSON.parse(init.body) as unknown) : null;
    const { status, body } = library.handle(init.method ?? "GET", address, sent);
    const text = body === null ? null : JSON.stringify(body);
    return Promise.resolve(new Response(text, { status }));
  });
  return library;
}
