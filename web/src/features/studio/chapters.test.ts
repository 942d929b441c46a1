import { describe, expect, it } from "vitest";
import type { Preview, SourceChapter } from "@/shared/api/sourceShapes";
import { foreignShare, isRead, listsOf, ranges, withSwitch } from "./chapters";

const chapter = (number: number, more: Partial<SourceChapter> = {}): SourceChapter => ({
  number, title: `${number}장`, level: 1, matter: "", read: true, characters: 100, foreign: 0, first: "", ...more,
});

describe("chapters that are switched", () => {
  it("are told as ranges", () => {
    expect(ranges([])).toBe("");
    expect(ranges([3])).toBe("3");
    expect(ranges([1, 2, 3, 5, 7, 8])).toBe("1-3,5,7-8");
  });

  it("are told only where they are not as they were found", () => {
    const chapters = [chapter(1), chapter(2, { read: false }), chapter(3)];
    let switched = withSwitch(withSwitch({}, chapters[0]!, false), chapters[1]!, true);
    expect(listsOf(chapters, switched)).toEqual({ include: "2", leave_out: "1" });
    switched = withSwitch(withSwitch(switched, chapters[0]!, true), chapters[1]!, false);
    expect(listsOf(chapters, switched)).toEqual({});
  });

  it("hold for the chapter of that name only", () => {
    const switched = withSwitch({}, chapter(1), false);
    expect(isRead(chapter(1), switched)).toBe(false);
    expect(isRead(chapter(1, { title: "다른 장" }), switched)).toBe(true);
  });

  it("change how much is foreign", () => {
    const chapters = [chapter(1, { foreign: 1, characters: 300 }), chapter(2)];
    const preview = { chapters, languages: { foreign: 0.6 } } as unknown as Preview;
    expect(foreignShare(preview, {})).toBe(0.6);
    expect(foreignShare(preview, withSwitch({}, chapters[1]!, false))).toBe(1);
    expect(foreignShare(preview, withSwitch({}, chapters[0]!, false))).toBe(0);
  });
});
