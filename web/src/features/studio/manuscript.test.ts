import { describe, expect, it } from "vitest";

import { en } from "@/shared/i18n/en";
import { ko } from "@/shared/i18n/ko";
import { KINDS, otherKindOf, troubleOf } from "./manuscript";

describe("files that are chosen", () => {
  it("takes every kind that the service reads", () => {
    for (const kind of KINDS) expect(troubleOf({ name: `글${kind.toUpperCase()}`, size: 1 })).toBeNull();
    for (const words of [ko, en]) for (const kind of KINDS) if (kind !== ".htm") expect(words.studio.kinds).toContain(kind);
  });

  it("names the way out of those that it does not", () => {
    expect(troubleOf({ name: "공문.hwp", size: 1 })).toBe("wrongKind");
    expect(otherKindOf("공문.HWP")).toBe("hwp");
    expect(otherKindOf("책.pdf")).toBe("pdf");
    expect(otherKindOf("글.odt")).toBe("word");
    expect(otherKindOf("말.TextGrid")).toBe("transcript");
    expect(otherKindOf("꾸러미.zip")).toBe("other");
    expect(ko.studio.wayOut[otherKindOf("공문.hwp")]).toContain("HWPX");
  });
});
