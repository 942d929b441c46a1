import type { Book } from "@/shared/api/shapes";
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
  paragraphs: Numbered[][];
  /** Number of its first line. */
  first: number;
}

/** The chapters of a book with what is known of their text. */
export function chaptersOf(book: Book, lines: readonly Line[]): ShownChapter[] {
  const titles = new Map(book.chapters.map(({ position, title }) => [position, title]));
  const shown: ShownChapter[] = [];
  let paragraph: number | null = null;
  lines.forEach((line, index) => {
    let chapter = shown.at(-1);
    if (chapter?.id !== line.chapter) {
      const title = titles.get(line.chapter) ?? "";
      chapter = { id: line.chapter, title, paragraphs: [], first: index };
      shown.push(chapter);
      paragraph = null;
    }
    if (line.paragraph !== paragraph) chapter.paragraphs.push([]);
    paragraph = line.paragraph;
    chapter.paragraphs.at(-1)?.push({ line, index });
  });
  return shown;
}

/** The number of the chapter that a line stands in. */
export function chapterAt(chapters: readonly ShownChapter[], index: number): number {
  const after = chapters.findIndex(({ first }) => first > index);
  return Math.max((after < 0 ? chapters.length : after) - 1, 0);
}
