import { describe, expect, it } from "vitest";
import type { Segment } from "@/shared/api/shapes";
import { toLines } from "./lines";
import { locate, timelineOf } from "./timeline";
import { firstOpenPage } from "./useLines";

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
  state: "done",
  problem: "",
  audio: "/a",
  duration_ms: 1000,
  begin_ms: position * 1300,
  words: [],
  spoken: "",
  human: false,
  ...part,
});
const waiting = { state: "waiting", audio: null, duration_ms: null, begin_ms: null } as const;

describe("toLines", () => {
  it("rests as long as the service places the next segment later", () => {
    const lines = toLines([segment(0), segment(1), segment(2)]);
    expect(lines.map((line) => line.pause)).toEqual([300, 300, 0]);
  });

  it("rests longer after a paragraph and a chapter where nothing is placed yet", () => {
    const lines = toLines([
      segment(0),
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
  const timeline = timelineOf(toLines([segment(0), segment(1), segment(2, waiting)]));

  it("counts what can be heard", () => {
    expect(timeline.starts).toEqual([0, 1300, 2700]);
    expect(timeline.total).toBe(2700);
  });

  it("finds the line and the time inside it", () => {
    expect(locate(timeline, 0)).toEqual({ index: 0, ms: 0 });
    expect(locate(timeline, 1500)).toEqual({ index: 1, ms: 200 });
  });
});

describe("firstOpenPage", () => {
  it("is the first page that production may still change, or the one after the last", () => {
    expect(firstOpenPage([], true)).toBe(1);
    expect(firstOpenPage([[segment(0)], [segment(1, waiting)]], true)).toBe(2);
    expect(firstOpenPage([[segment(0)]], true)).toBe(2);
    expect(firstOpenPage([[segment(0)], [segment(1)]], false)).toBe(2);
  });
});
