import { describe, expect, it } from "vitest";
import type { Segment } from "@/shared/api/shapes";
import { toLines } from "./lines";
import { locate, timelineOf } from "./timeline";
import { blocksOf, joined } from "./feed";

const segment = (position: number, part: Partial<Segment> = {}): Segment => ({
  id: position + 1,
  position,
  chapter: 0,
  paragraph: 0,
  kind: "body",
  ends_paragraph: false,
  text: "가",
  beside: "가",
  links: [],
  warnings: [],
  doubts: [],
  state: "done",
  problem: "",
  audio: "/a",
  duration_ms: 1000,
  begin_ms: null,
  pause_ms: 300,
  words: [],
  spoken: "",
  human: false,
  ...part,
});
const waiting = { state: "waiting", audio: null, duration_ms: null, pause_ms: null } as const;

describe("toLines", () => {
  it("rests as long as the service says", () => {
    const lines = toLines([segment(0), segment(1, { pause_ms: 0 }), segment(2, { pause_ms: null })]);
    expect(lines.map((line) => line.pause)).toEqual([300, 0, 0]);
  });

  it("rests longer after a paragraph and a chapter where nothing is placed yet", () => {
    const lines = toLines([
      segment(0, { pause_ms: null }),
      segment(1, { ...waiting, ends_paragraph: true }),
      segment(2, waiting),
      segment(3, { chapter: 1 }),
    ]);
    const [sentence, paragraph, chapter] = lines.map((line) => line.pause);
    expect(sentence! < paragraph! && paragraph! < chapter!).toBe(true);
  });

  it("takes a segment without sound for settled once it is done", () => {
    const lines = toLines([segment(0, { audio: null }), segment(1, waiting)]);
    expect(lines.map((line) => line.settled)).toEqual([true, false]);
  });
});

describe("the timeline", () => {
  const timeline = timelineOf(toLines([segment(0), segment(1), segment(2, waiting)]), null);

  it("counts what can be heard", () => {
    expect(timeline.starts).toEqual([0, 1300, 2600]);
    expect(timeline.total).toBe(2600);
  });

  it("takes the service's word for what is not known yet", () => {
    const lengths = { durations: [500, 700, null], pauses: [10, 20, 0] };
    expect(timelineOf([undefined, undefined, undefined], lengths)).toEqual({ starts: [0, 510, 1230], total: 1230 });
  });

  it("finds the line and the time inside it", () => {
    expect(locate(timeline, 0)).toEqual({ index: 0, ms: 0 });
    expect(locate(timeline, 1500)).toEqual({ index: 1, ms: 200 });
  });
});

describe("a book as far as it is known", () => {
  it("is as long as the book, with what is there in its place", () => {
    const lines = joined(new Map([[1, toLines([segment(200), segment(201)])]]), 250);
    expect(lines).toHaveLength(250);
    expect(lines[201]?.id).toBe(202);
    expect(lines[0]).toBeUndefined();
    expect(blocksOf(195, 205)).toEqual([0, 1]);
  });
});
