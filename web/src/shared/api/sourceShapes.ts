/** What the service tells of the source of a book: the shapes of `shapes.ts` go on here. */

import type { Language } from "./shapes";

/** Somebody who made a source: MARC relator codes, none where it tells none. */
export interface Contributor {
  name: string;
  roles: string[];
}

/** What a source tells of itself; "" where it tells nothing. */
export interface About {
  subtitle: string;
  contributors: Contributor[];
  publisher: string;
  date: string;
  rights: string;
  series: string;
  series_number: string;
}

/** A chapter of a source, read or not. */
export interface SourceChapter {
  /** From 1; chapters are switched by it. */
  number: number;
  title: string;
  level: number;
  /** Kind of front or back matter, "" for the text itself. */
  matter: string;
  read: boolean;
  characters: number;
  /** Share of sentences in neither Korean nor Jeju. */
  foreign: number;
  /** The words that it begins with. */
  first: string;
}

/** Characters, white space not counted. */
export interface Account {
  read: number;
  /** By reason. */
  left_out: Record<string, number>;
}

export interface Source {
  about: About;
  chapters: SourceChapter[];
  account: Account;
}

/** Something that is not read. */
export interface Passage {
  where: string;
  text: string;
  reason: string;
}

export interface LeftOutGroup {
  reason: string;
  count: number;
  characters: number;
  samples: Passage[];
}

/** In which language the sentences are that would be read. */
export interface Languages {
  /** "" where most are in neither Korean nor Jeju. */
  told: Language | "";
  shares: Record<string, number>;
  foreign: number;
  samples: Passage[];
}

/** What would become of a text, before a book is made of it. */
export interface Preview extends Source {
  title: string;
  author: string;
  language: Language;
  languages: Languages;
  left_out: LeftOutGroup[];
  warnings: string[];
}

/** What the books of a shelf can be looked through by. */
export interface Choices {
  languages: string[];
  licences: string[];
  tags: string[];
  series: string[];
}

/** What a change of a book would make again. */
export interface Cost {
  translated: number;
  spoken: number;
  seconds: number | null;
}

/** What is to be said of how a word is written. */
export interface Finding {
  word: string;
  start: number;
  end: number;
  verdict: string;
  right: string[];
  why: string;
  why_english: string;
}

/** How far whoever asks has listened. */
export interface Heard {
  /** Of the segment in its book. */
  position: number;
  at: string;
}

/** The sentence in which a book holds what was looked for. */
export interface Excerpt {
  position: number;
  text: string;
  beside: string;
}
