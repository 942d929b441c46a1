import { afterEach, describe, expect, it, vi } from "vitest";
import { serve } from "../../../tests/serve";
import { followProduction } from "./events";
import type { Progress } from "./shapes";

class FakeEvents {
  static readonly CLOSED = 2;
  static last: FakeEvents;
  readyState = 1;
  readonly listeners: Record<string, (event: unknown) => void> = {};
  constructor(readonly address: string) {
    FakeEvents.last = this;
  }
  addEventListener(kind: string, listener: (event: unknown) => void) {
    this.listeners[kind] = listener;
  }
  close() {
    this.readyState = FakeEvents.CLOSED;
  }
  say(progress: object) {
    this.listeners.progress?.({ data: JSON.stringify(progress) });
  }
}

const progress = { status: "producing", total: 9, done: 2, failed: 0, seconds_left: 5, problem: "" };

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("followProduction", () => {
  it("tells what the events say and stops listening when the book comes to rest", () => {
    vi.stubGlobal("EventSource", FakeEvents);
    const heard: Progress[] = [];
    followProduction(3, (one) => heard.push(one));
    expect(FakeEvents.last.address).toBe("/api/books/3/events/");
    FakeEvents.last.say(progress);
    expect(FakeEvents.last.readyState).toBe(1);
    FakeEvents.last.say({ ...progress, status: "done" });
    expect(heard.map((one) => one.status)).toEqual(["producing", "done"]);
    expect(FakeEvents.last.readyState).toBe(FakeEvents.CLOSED);
  });

  it("lets a stream that ended come again, and polls when it does not", async () => {
    vi.useFakeTimers();
    vi.stubGlobal("EventSource", FakeEvents);
    serve();
    const tell = vi.fn();
    const stop = followProduction(5, tell);
    for (let time = 0; time < 2; time += 1) FakeEvents.last.listeners.error?.({});
    await vi.advanceTimersByTimeAsync(5000);
    expect(tell).not.toHaveBeenCalled();
    FakeEvents.last.listeners.error?.({});
    await vi.advanceTimersByTimeAsync(5000);
    expect(tell.mock.calls.length).toBeGreaterThan(1);
    expect(tell.mock.lastCall?.[0]).toMatchObject({ status: "producing", total: 13 });
    stop();
    tell.mockClear();
    await vi.advanceTimersByTimeAsync(5000);
    expect(tell).not.toHaveBeenCalled();
  });
});
