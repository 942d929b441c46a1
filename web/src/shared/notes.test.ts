import { describe, expect, it } from "vitest";
import { en } from "@/shared/i18n/en";
import { ko } from "@/shared/i18n/ko";
import { byReason, say } from "./notes";

describe("what the reader of a manuscript said", () => {
  it("is said in Korean, its values too", () => {
    expect(say("Read as CP949.", ko.notes)).toBe("CP949 글자로 읽었습니다.");
    expect(say("Its sentences are 90% Jeju, 10% Korean; it is read as Jeju.", ko.notes)).toBe(
      "문장을 보면 90% 제주말, 10% 한국어입니다. 제주말 글로 읽습니다.",
    );
    expect(say("3 damaged places became U+FFFD, the first in line 12.", ko.notes)).toMatch(/3군데.*12째 줄/);
  });

  it("stays as it is where there are no words for it, and in English", () => {
    expect(say("Something new.", ko.notes)).toBe("Something new.");
    expect(say("Read as CP949.", en.notes)).toBe("Read as CP949.");
  });

  it("is put together by reason", () => {
    const skipped = [
      ["글.txt:3", "- 7 -", "page number"],
      ["chapter 2, paragraph 5", "So it goes.", "foreign language"],
      ["글.txt:9", "- 8 -", "page number"],
    ];
    expect(byReason(skipped, ko.notes)).toEqual([
      ["쪽 번호", [{ where: "글.txt:3", text: "- 7 -" }, { where: "글.txt:9", text: "- 8 -" }]],
      ["외국어", [{ where: "2장 5째 문단", text: "So it goes." }]],
    ]);
    expect(byReason(skipped, en.notes).map(([name]) => name)).toEqual(["page number", "foreign language"]);
  });
});
