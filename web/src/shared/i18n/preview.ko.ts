/** What the service read of a manuscript, before a book is made of it, in Korean. */
export const preview = {
  label: "원고 미리 보기",
  reading: "원고를 읽는 중…",
  found: (chapters: number) => `원고를 읽었습니다. ${chapters}장입니다.`,
  told: {
    ko: "한국어 글입니다.",
    jje: "제주말 글로 보입니다.",
    foreign: "한국어도 제주말도 아닌 글입니다.",
  },
  becomes: {
    ko: "제주말로 옮겨 읽습니다.",
    jje: "옮기지 않고 그대로 읽습니다.",
  },
  shares: (shares: string) => `문장을 보면 ${shares}입니다.`,
  switchTo: { ko: "한국어 글로 읽기", jje: "제주말 글로 읽기" },
  foreign: (percent: number) => `외국어 문장이 ${percent}%입니다. 어떻게 할까요?`,
  foreignSome: "한국어도 제주말도 아닌 문장은 어떻게 할까요?",
  foreignRead: "외래어처럼 읽기",
  foreignReadHint: "한국 사람이 외래어를 읽듯 소리 냅니다. 그렇게 읽을 수 없는 글자는 빼고 적어 둡니다",
  foreignSkip: "외국어 문장은 빼기",
  foreignSkipHint: "읽지 않고 책에 적어 둡니다",
  foreignSamples: (samples: string) => `이런 문장입니다: ${samples}`,
  isForeign: "외국어",
  chapters: "읽을 장",
  chosen: (read: number, all: number, letters: number) =>
    `${all}장 가운데 ${read}장 · ${letters.toLocaleString("ko")}자`,
  sound: (time: string) => `소리로 ${time}`,
  all: "모두 읽기",
  none: "모두 빼기",
  asFound: "처음대로",
  letters: (count: number) => `${count.toLocaleString("ko")}자`,
  leftOut: (count: number) => `장 안에서 읽지 않는 것 ${count.toLocaleString("ko")}곳`,
  places: (reason: string, count: number, letters: number) =>
    `${reason} ${count.toLocaleString("ko")}곳 (${letters.toLocaleString("ko")}자)`,
  more: (count: number) => `그 밖에 ${count.toLocaleString("ko")}곳`,
  noted: (count: number) => `원고를 읽으며 적어 둔 것 ${count}가지`,
};
