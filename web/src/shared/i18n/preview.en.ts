import { plural } from "./plural";
import type { preview as korean } from "./preview.ko";

export const preview: typeof korean = {
  label: "What the manuscript holds",
  reading: "Reading the manuscript…",
  found: (chapters) => `The manuscript has ${plural(chapters, "chapter")}.`,
  told: {
    ko: "A Korean text.",
    jje: "This looks like Jeju.",
    foreign: "This is neither Korean nor Jeju.",
  },
  becomes: {
    ko: "It is translated into Jeju, then read.",
    jje: "It is read just as it is.",
  },
  shares: (shares) => `Sentences: ${shares}.`,
  switchTo: { ko: "Read it as Korean", jje: "Read it as Jeju" },
  foreign: (percent) => `${percent}% of the sentences are foreign. What becomes of them?`,
  foreignSome: "What becomes of sentences in neither Korean nor Jeju?",
  foreignRead: "Read them",
  foreignReadHint: "As Korean reads foreign words. Letters without such a reading are left out and listed",
  foreignSkip: "Leave them out",
  foreignSkipHint: "They are not read, and listed with the book",
  foreignSamples: (samples) => `Such as: ${samples}`,
  isForeign: "foreign",
  chapters: "Chapters to read",
  chosen: (read, all, letters) => `${read} of ${plural(all, "chapter")} · ${letters.toLocaleString("en")} letters`,
  sound: (time) => `${time} of sound`,
  all: "Read all",
  none: "Read none",
  asFound: "As found",
  letters: (count) => `${count.toLocaleString("en")} letters`,
  leftOut: (count) => `Not read inside of chapters: ${plural(count, "place")}`,
  places: (reason, count, letters) => `${reason}: ${plural(count, "place")} (${letters.toLocaleString("en")} letters)`,
  more: (count) => `and ${plural(count, "place")} more`,
  noted: (count) => `Notes on the manuscript (${count})`,
};
