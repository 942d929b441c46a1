import { afterEach, expect, it, vi } from "vitest";
import { prepareExport } from "./exports";

afterEach(() => {
  vi.useRealTimers();
});

it("asks again while the file is being built, and says when it cannot be", async () => {
  vi.useFakeTimers();
  const answers = [202, 202, 200];
  const ask = vi.fn(() => Promise.resolve(new Response(null, { status: answers.shift() ?? 409 })));
  vi.stubGlobal("fetch", ask);
  const ready = prepareExport("/file/", new AbortController().signal);
  await vi.advanceTimersByTimeAsync(6000);
  await ready;
  expect(ask).toHaveBeenCalledTimes(3);
  await expect(prepareExport("/file/", new AbortController().signal)).rejects.toMatchObject({ status: 409 });
});
