import { describe, expect, it } from "vitest";
import { joined } from "./jeju";

const blocks = (text: string) => text.normalize("NFC");

/** What stands there after each key, joined as one goes on. */
function typed(keys: string): string {
  return [...keys].reduce((text, key) => joined(text + key), "");
}

describe("arae-a as one types it", () => {
  it.each([
    ["ㅎㆍㄴ저 옵서", "ᄒᆞᆫ저 옵서"],
    ["ㅁㆍㄹ", "ᄆᆞᆯ"],
    ["ㄷㆍㄹㄱ", "ᄃᆞᆰ"],
    ["ㅇㆍㆍㄷㆍㄹ", "ᄋᆢᄃᆞᆯ"],
    ["ㅇᆢ섯", "ᄋᆢ섯"],
    ["ㅎㆍㄴㅏ", "ᄒᆞ나"],
    ["ㄱㆍㄹㆍㄴ", "ᄀᆞᄅᆞᆫ"],
    ["ㄷㆍㄹㄱㅣ", "ᄃᆞᆯ기"],
    ["ㅎㆍㅆㆍㄹ", "ᄒᆞᄊᆞᆯ"],
    ["바당 ㅋㆍㄱㅎㆍㄴ ㄴㆍㅁ", "바당 ᄏᆞᆨᄒᆞᆫ ᄂᆞᆷ"],
  ])("joins %s key by key", (keys, text) => {
    expect(blocks(typed(keys))).toBe(blocks(text));
  });

  it.each(["한국어 글", "ㅋㅋㅋ", "가ㆍ나", "ㅎㅏㄴ", "ᄒᆞᆫ저 옵서예.", "", "1ㆍ2"])("leaves %s as it is", (text) => {
    expect(joined(text)).toBe(text);
  });

  it("joins what was pasted in pieces at once", () => {
    expect(blocks(joined("ㅎㆍㄴ저 ㅁㆍㄹ"))).toBe(blocks("ᄒᆞᆫ저 ᄆᆞᆯ"));
  });
});
