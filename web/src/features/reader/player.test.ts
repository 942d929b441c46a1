import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Line } from "./lines";
import { Player, type Sound } from "./player";

class FakeSound {
  src = "";
  currentTime = 0;
  playbackRate = 1;
  volume = 1;
  preload = "" as const;
  playing = false;
  readonly listeners: Record<string, () => void> = {};
  play = vi.fn(() => {
    this.playing = true;
    return Promise.resolve();
  });
  pause = vi.fn(() => {
    this.playing = false;
  });
  load = vi.fn(() => {
    this.currentTime = 0;
  });
  addEventListener = (kind: string, listener: () => void) => {
    this.listeners[kind] = listener;
  };
}

let sounds: FakeSound[];
let frame: (() => void) | null;
let player: Player;

const line = (id: number, part: Partial<Line> = {}): Line => ({
  id,
  chapter: 0,
  paragraph: 0,
  kind: "body",
  jeju: "가 나",
  korean: "가 나",
  links: [],
  audio: `/sound/${id}`,
  koreanAudio: `/korean/${id}`,
  ms: 1000,
  pause: 200,
  words: [
    { text: "가", start_ms: 100, end_ms: 400 },
    { text: "나", start_ms: 500, end_ms: 900 },
  ],
  settled: true,
  human: false,
  problem: "",
  ...part,
});
const waiting = (id: number) => line(id, { audio: null, settled: false, words: [], ms: 0 });
const sounding = () => sounds.find((sound) => sound.playing);
const at = (seconds: number) => {
  const now = sounding();
  if (now) now.currentTime = seconds;
  frame?.();
};
const end = () => {
  const now = sounding();
  if (now) now.playing = false;
  now?.listeners.ended?.();
};

beforeEach(() => {
  vi.useFakeTimers();
  sounds = [];
  frame = null;
  player = new Player({
    sound: () => {
      const made = new FakeSound();
      sounds.push(made);
      return made as unknown as Sound;
    },
    nextFrame: (callback) => {
      frame = callback;
      return 1;
    },
    dropFrame: () => {
      frame = null;
    },
  });
  return () => vi.useRealTimers();
});

describe("Player", () => {
  it("lights the word that the sound itself is at", () => {
    player.setLines([line(1)]);
    player.play();
    at(0.05);
    expect(player.spot.get().word).toBe(-1);
    at(0.1);
    expect(player.spot.get().word).toBe(0);
    at(0.62);
    expect(player.spot.get().word).toBe(1);
  });

  it("has the next sound loaded before this one ends, and changes to it after the pause", () => {
    player.setLines([line(1), line(2)]);
    player.play();
    expect(sounds.map((sound) => sound.src).sort()).toEqual(["/sound/1", "/sound/2"]);
    end();
    expect(player.spot.get().index).toBe(0);
    vi.advanceTimersByTime(200);
    expect(player.spot.get()).toMatchObject({ index: 1, phase: "playing" });
    expect(sounding()?.src).toBe("/sound/2");
  });

  it("shortens pauses as it speeds up", () => {
    player.setLines([line(1), line(2)]);
    player.setRate(2);
    player.play();
    end();
    vi.advanceTimersByTime(100);
    expect(player.spot.get().index).toBe(1);
  });

  it("waits for a sentence that is not made yet and goes on when it comes", () => {
    player.setLines([line(1), waiting(2)]);
    player.play();
    end();
    vi.advanceTimersByTime(200);
    expect(player.spot.get()).toMatchObject({ index: 1, phase: "waiting" });
    player.setLines([line(1), line(2)]);
    expect(player.spot.get().phase).toBe("playing");
    expect(sounding()?.src).toBe("/sound/2");
  });

  it("begins by itself when play came before the first sentence", () => {
    player.play();
    expect(player.spot.get().phase).toBe("waiting");
    player.setLines([line(1)]);
    expect(player.spot.get().phase).toBe("playing");
  });

  it("passes over what has nothing to hear", () => {
    player.setLines([line(1), line(2, { audio: null }), line(3)]);
    player.play();
    end();
    vi.advanceTimersByTime(200);
    expect(player.spot.get().index).toBe(2);
  });

  it("stops at the end and starts again from the beginning", () => {
    player.setLines([line(1), line(2)]);
    player.seek(1);
    player.play();
    end();
    expect(player.spot.get()).toMatchObject({ index: 1, phase: "paused" });
    player.play();
    expect(player.spot.get()).toMatchObject({ index: 0, phase: "playing" });
  });

  it("stops rather than runs off a book that ends without sound", () => {
    player.setLines([line(1), line(2, { audio: null })]);
    player.play();
    end();
    vi.advanceTimersByTime(200);
    expect(player.spot.get().phase).toBe("paused");
  });

  it("goes on inside a sentence where it was paused", () => {
    player.setLines([line(1)]);
    player.play();
    at(0.6);
    player.pause();
    expect(sounding()).toBeUndefined();
    player.play();
    expect(sounding()?.currentTime).toBeCloseTo(0.6);
  });

  it("goes to the start of the sentence first, then to the one before", () => {
    player.setLines([line(1, { ms: 9000 }), line(2, { ms: 9000 })]);
    player.seek(1);
    player.play();
    at(3);
    player.previous();
    expect(player.spot.get().index).toBe(1);
    player.previous();
    expect(player.spot.get().index).toBe(0);
  });

  it("stops after a sentence, repeats it, or waits as long as it was, as one likes", () => {
    player.setLines([line(1), line(2)]);
    player.setWay("stop", null);
    player.play();
    end();
    vi.advanceTimersByTime(200);
    expect(player.spot.get()).toMatchObject({ index: 1, phase: "paused" });
    player.setWay("repeat", null);
    player.play();
    end();
    vi.advanceTimersByTime(200);
    expect(player.spot.get()).toMatchObject({ index: 1, phase: "playing" });
    player.seek(0);
    player.setWay("shadow", null);
    end();
    vi.advanceTimersByTime(1300);
    expect(player.spot.get().index).toBe(0);
    vi.advanceTimersByTime(100);
    expect(player.spot.get()).toMatchObject({ index: 1, phase: "playing" });
  });

  it("begins a stretch again at its end, and stops after the sentence that was told", () => {
    player.setLines([line(1), line(2), line(3)]);
    player.setWay("go", { first: 0, end: 2 });
    player.seek(1);
    player.play();
    end();
    vi.advanceTimersByTime(200);
    expect(player.spot.get()).toMatchObject({ index: 0, phase: "playing" });
    player.stopAfter(0);
    end();
    vi.advanceTimersByTime(200);
    expect(player.spot.get()).toMatchObject({ index: 1, phase: "paused" });
  });

  it("says so when a sound does not come, and tries it again when asked", () => {
    player.setLines([line(1)]);
    player.play();
    sounding()?.listeners.error?.();
    expect(player.spot.get().phase).toBe("failed");
    player.play();
    expect(player.spot.get().phase).toBe("playing");
    expect(sounds.flatMap((sound) => sound.load.mock.calls)).toHaveLength(2);
  });
});

describe("two languages", () => {
  const heard = () => sounding()?.src;

  it("lets the Korean sentence be heard before the Jeju one, and goes on", () => {
    player.setLines([line(0), line(1)]);
    player.setProgramme(["ko", "jje"]);
    player.play();
    expect(heard()).toBe("/korean/0");
    expect(player.spot.get()).toMatchObject({ phase: "playing", korean: true, word: -1 });
    end();
    vi.runOnlyPendingTimers();
    expect(heard()).toBe("/sound/0");
    expect(player.spot.get().korean).toBe(false);
    end();
    vi.runOnlyPendingTimers();
    expect(heard()).toBe("/korean/1");
  });

  it("says each the other way round, as often as one likes", () => {
    player.setLines([line(0), line(1)]);
    player.setProgramme(["jje", "ko", "jje", "ko"]);
    player.play();
    const order = [];
    for (let count = 0; count < 5; count += 1) {
      order.push(heard());
      end();
      vi.runOnlyPendingTimers();
    }
    expect(order).toEqual(["/sound/0", "/korean/0", "/sound/0", "/korean/0", "/sound/1"]);
  });

  it("reads on in Jeju where the Korean cannot be heard", () => {
    player.setLines([line(0), line(1, { koreanAudio: null })]);
    player.setProgramme(["ko", "jje"]);
    player.play();
    const korean = sounding();
    if (korean) korean.playing = false;
    korean?.listeners.error?.();
    vi.runOnlyPendingTimers();
    expect(heard()).toBe("/sound/0");
    end();
    vi.runOnlyPendingTimers();
    vi.runOnlyPendingTimers();
    expect(heard()).toBe("/sound/1");
  });

  it("stops in the midst of Korean, and begins it again", () => {
    player.setLines([line(0)]);
    player.setProgramme(["ko", "jje"]);
    player.play();
    player.pause();
    expect(sounding()).toBeUndefined();
    expect(player.spot.get().phase).toBe("paused");
    player.play();
    expect(heard()).toBe("/korean/0");
  });
});
