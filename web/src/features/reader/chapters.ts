import type { Book } from "@/shared/api/shapes";
import type { Lines } from "./feed";
import type { Line } from "./lines";

/** A line and its number in the whole book, which is what the player counts by. */
export interface Numbered {
  line: Line;
  index: number;
}

export interface ShownChapter {
  /** Its position in the book, from 0. */
  id: number;
  title: string;
  /** Its title in Jeju, "" where none is read. */
  jeju: string;
  /** Number of its first line, and of that after its last. */
  first: number;
  end: number;
}

/** The chapters of a book that hold anything. */
export function chaptersOf({ chapters }: Pick<Book, "chapters">): ShownChapter[] {
  let at = 0;
  const shown = chapters.map(({ position, title, jeju, segments }) => {
    const first = at;
    at += segments;
    return { id: position, title, jeju, first, end: at };
  });
  return shown.filter(({ first, end }) => end > first);
}

/** The number of the chapter that a line stands in. */
export function chapterAt(chapters: readonly ShownChapter[], index: number): number {
  const after = chapters.findIndex(({ first }) => first > index);
  return Math.max((after < 0 ? chapters.length : after) - 1, 0);
}

/** Lines from one number up to another, by paragraph. */
export function paragraphsOf(lines: Lines, from: number, to: number): Numbered[][] {
  const paragraphs: Numbered[][] = [];
  let before: Line | undefined;
  for (let index = from; index < to; index += 1) {
    const line = lines[index];
    if (!line) continue;
    if (before?.paragraph !== line.paragraph || before.chapter !== line.chapter) paragraphs.push([]);
    paragraphs.at(-1)?.push({ line, index });
    before = line;
  }
  return paragraphs;
}
