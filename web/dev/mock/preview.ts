import type { About, Preview, SourceChapter } from "../../src/shared/api/sourceShapes";

const NOTHING: About = { subtitle: "", contributors: [], publisher: "", date: "", rights: "", series: "", series_number: "" };
const sizeOf = (text: string) => text.replace(/\s/g, "").length;

function chapter(number: number, title: string, text: string, more: Partial<SourceChapter> = {}): SourceChapter {
  return { number, title, level: 1, matter: "", read: true, characters: sizeOf(text), foreign: 0, first: text.slice(0, 60), ...more };
}

function told(chapters: SourceChapter[], more: Partial<Preview>): Preview {
  const read = chapters.filter((one) => one.read).reduce((sum, one) => sum + one.characters, 0);
  return {
    title: "글",
    author: "",
    language: "ko",
    languages: { told: "ko", shares: { ko: 1 }, foreign: 0, samples: [] },
    about: NOTHING,
    chapters,
    account: { read, left_out: {} },
    left_out: [],
    warnings: [],
    ...more,
  };
}

/** Of a pasted text: old Hangul is Jeju, a text without Hangul foreign, a line `제1장` a chapter. */
export function previewOf(text: string, language: "ko" | "jje" | undefined): Preview {
  const parts = text.split(/^(?=제\d+장)/m).filter((one) => one.trim());
  const chapters = parts.map((part, at) => chapter(at + 1, /^제\d+장.*/.exec(part)?.[0] ?? "", part));
  const sentences = text.split(/(?<=[.?!])\s+/).filter((one) => one.trim());
  const strange = sentences.filter((one) => !/[가-힣ᄀ-ᇿ]/.test(one));
  const foreign = strange.length / Math.max(1, sentences.length);
  const jeju = /[\u119e\u11a2]/.test(text);
  const native = jeju ? "jje" : "ko";
  return told(chapters, {
    language: language ?? native,
    languages: {
      told: foreign > 0.5 ? "" : native,
      shares: { [native]: 1 - foreign, ...(foreign && { latin: foreign }) },
      foreign,
      samples: strange.slice(0, 5).map((one) => ({ where: "1", text: one, reason: "foreign language" })),
    },
  });
}

/** Of any file at all: a translated book with what books have around their text. */
export function previewOfFile(): Preview {
  const letters = (count: number) => ({ characters: count });
  const about: About = {
    ...NOTHING,
    contributors: [
      { name: "고은별", roles: ["aut"] },
      { name: "한새벽", roles: ["trl"] },
    ],
    publisher: "바당출판",
    date: "2020",
  };
  const chapters = [
    chapter(1, "판권", "지은이 고은별 펴낸곳 바당출판", { matter: "imprint", read: false }),
    chapter(2, "Foreword", "The wind was cold that night.", { foreign: 1, ...letters(900) }),
    chapter(3, "첫째 마당", "돌담 위에 새가 앉았다.", letters(12_000)),
    chapter(4, "둘째 마당", "바람이 세게 불었다.", { level: 2, ...letters(9_000) }),
    chapter(5, "찾아보기", "돌담, 3 바람, 7", { matter: "index", read: false, ...letters(400) }),
  ];
  return told(chapters, {
    title: "바당 너머",
    author: "고은별",
    about,
    languages: {
      told: "ko",
      shares: { ko: 0.96, latin: 0.04 },
      foreign: 0.04,
      samples: [{ where: "2", text: "The wind was cold that night.", reason: "foreign language" }],
    },
    left_out: [
      {
        reason: "page number",
        count: 8,
        characters: 24,
        samples: [{ where: "p3.xhtml", text: "- 12 -", reason: "page number" }],
      },
    ],
    warnings: ["There is no table of contents; chapters follow the headings."],
  });
}
