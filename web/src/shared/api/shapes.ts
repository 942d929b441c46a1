/**
 * The shapes of the library API, all in one place: the contract test holds them against
 * the service's OpenAPI schema. Times are milliseconds unless a name says otherwise.
 */

import type { Excerpt, Heard, Source } from "./sourceShapes";

export type Language = "ko" | "jje";

export type BookStatus = "queued" | "producing" | "paused" | "cancelled" | "failed" | "done";

/** `waiting` covers being worked on; a segment with nothing to hear is done without sound. */
export type SegmentState = "waiting" | "done" | "failed";

/** Numbers of segments. */
export interface Counts {
  total: number;
  done: number;
  failed: number;
}

export interface Chapter {
  /** From 0. */
  position: number;
  title: string;
  /** Its heading in Jeju, "" where none is read yet. */
  jeju: string;
  level: number;
  segments: number;
  done: number;
  audio: string | null;
  /** How far a person's recording of it is; null where there is none. */
  narration: Narration["state"] | null;
}

export interface Position {
  /** Id of the segment heard. */
  segment: number;
  audio_ms: number;
  client_time: string;
  /** How often it was written. */
  version: number;
  /** Of the segment in its book. */
  position: number;
}

/** How long the segments of a book sound, and the silences after them, by position. */
export interface Lengths {
  /** Null where nothing can be heard yet. */
  durations: (number | null)[];
  pauses: number[];
}

/** A book in the list. */
export interface BookLine {
  id: number;
  title: string;
  author: string;
  language: Language;
  voice: string;
  status: BookStatus;
  segments: Counts;
  audio: string | null;
  visibility: Visibility;
  licence: string;
  attribution: string;
  created_at: string;
  /** As its maker says. */
  narrator: string;
  tags: string[];
  series: string;
  series_number: string;
  cover: string;
  /** Of what is made. */
  length_ms: number;
  heard: Heard | null;
  excerpt: Excerpt | null;
}

/** Who may read a book besides its owner. */
export type Visibility = "private" | "unlisted" | "public";

export interface Book extends BookLine {
  description: string;
  /** Of Jeju made by translation, from Korean, 0, to full Jeju, 1. */
  strength: number;
  /** 1 is the voice's own pace. */
  speed: number;
  /** Of Jeju made by translation. */
  spelling: Spelling;
  /** The Jeju text so far. */
  content: string;
  /** What keeps it from being made, and the cure. */
  problem: string;
  seconds_left: number | null;
  revision: number;
  chapters: Chapter[];
  position: Position | null;
  exports: Record<string, string>;
  /** What the reader of manuscripts decided or mended. */
  warnings: string[];
  /** What is not read: where, text, reason. */
  skipped: string[][];
  /** What its source holds; null for a book made before that was kept. */
  source: Source | null;
  /** Whether it belongs to whoever asks. */
  mine: boolean;
  /** Why an operator keeps it from others; null where none does. */
  taken_down: string | null;
}

/** A word and when it sounds in its segment's audio. */
export interface Word {
  text: string;
  start_ms: number;
  end_ms: number;
}

/** A Jeju word, a Korean word (by number) and how sure the link is. */
export type Link = [text: number, beside: number, weight: number];

/** A word of the original (by number), as a dictionary has it, and why its translation is doubted. */
export type Doubt = [word: number, lemma: string, reason: string];

/** What a sense of a word is in Jeju, and what speaks for it. */
export interface LexiconRow {
  korean: string;
  part_of_speech: string;
  sense: string;
  /** The commonest first. */
  forms: { form: string; region: string }[];
  register: string;
  weight: number;
  evidence: string[];
  note: string;
  licence: string;
  credit: string;
}

export interface Segment {
  id: number;
  position: number;
  /** Position of its chapter. */
  chapter: number;
  paragraph: number;
  kind: string;
  ends_paragraph: boolean;
  /** Jeju, "" until it is translated. */
  text: string;
  /** Korean. */
  beside: string;
  /** What is said instead, "" where that is what is written. */
  spoken: string;
  links: Link[];
  warnings: string[];
  /** What to look at first. */
  doubts: Doubt[];
  state: SegmentState;
  problem: string;
  audio: string | null;
  duration_ms: number | null;
  /** Where it begins in the chapter's audio. */
  begin_ms: number | null;
  /** Silence after it; null where what follows is not told of. */
  pause_ms: number | null;
  words: Word[];
  /** Whether a person speaks it. */
  human: boolean;
}

export type CorrectionKind = "translation" | "reading";
export type Standing = "open" | "accepted" | "variant" | "declined";

/** What somebody thinks a sentence should say, or sound like. */
export interface Correction {
  id: number;
  segment: number;
  position: number;
  kind: CorrectionKind;
  was: string;
  text: string;
  region: string;
  village: string;
  consent: boolean;
  state: Standing;
  by: string;
  mine: boolean;
  votes: number;
  voted: boolean;
}

interface Touched {
  book: number;
  title: string;
  segment: number;
  position: number;
  before: string;
}

/** A sentence that a correction would change. */
export interface Change extends Touched {
  after: string;
}

/** A sentence that a pronunciation or a fixed term would change. */
export interface Previewed extends Touched {
  /** What it is translated from, where it would be translated again. */
  text?: string;
  /** Of `text`; `before` and `after` are in Jeju where it is missing, else in the other one. */
  language?: Language;
  /** Missing where only the translator will tell. */
  after?: string;
}

/** A change of a sentence, which can be undone. */
export interface Edit {
  id: number;
  by: string | null;
  at: string;
  undone_at: string | null;
  changes: { field: string; before: string; after: string }[];
}

export interface Pronunciation {
  id: number;
  term: string;
  spoken: string;
}

export interface FixedTerm {
  id: number;
  korean: string;
  jeju: string;
}

/** What whoever sends a recording agrees to. */
export interface RecordingTerms {
  words: string;
  licences: string[];
}

/** A recording of a whole chapter. */
export interface Narration {
  state: "waiting" | "done" | "failed";
  problem: string;
  speaker: string;
}

/** How a book is shared. */
export interface Share {
  visibility: Visibility;
  licence: string;
  attribution: string;
  link: string | null;
  /** The link as a QR code, SVG. */
  qr: string | null;
  licences: string[];
}

export type Complaint = "rights" | "privacy" | "harm" | "other";

/** What somebody wrote of a book, as admins see it. */
export interface Report {
  id: number;
  book: number;
  title: string;
  reason: Complaint;
  words: string;
  by: string | null;
  created_at: string;
  /** Whether the book is taken down for it. */
  taken_down: boolean;
}

/** A sentence that somebody wants to find again. */
export interface Bookmark {
  id: number;
  segment: number;
  position: number;
  note: string;
  /** Of the sentence, in Jeju and in Korean. */
  text: string;
  beside: string;
}

/** What an event of a production says. */
export interface Progress extends Counts {
  status: BookStatus;
  seconds_left: number | null;
  problem: string;
}

/** What somebody may do; each may do what those before may. */
export type Role = "listener" | "maker" | "corrector" | "admin";

/** Of the inference server. */
export interface Voice {
  id: string;
  name: string;
}

export type Locale = "ko" | "en";
export type Theme = "system" | "light" | "dark";
/** How Jeju is written: with arae-a, or with the letters of today. */
export type Spelling = "araea" | "modern";
export type Foreign = "read" | "skip";

/** How somebody likes to listen and read, on every device. */
export interface Settings {
  /** 1 is the voice's own pace. */
  speed: number;
  /** Of letters, from 0. */
  size: number;
  /** Shown beside the Jeju. */
  korean: boolean;
  tongue: Locale;
  theme: Theme;
  /** Of new books. */
  spelling: Spelling;
}

/** Who may register. */
export type Registration = "open" | "invited" | "closed";

/** Whoever uses the page. */
export interface Me {
  id: number;
  name: string;
  mail: string;
  /** Whether the address is known to be theirs; null where nobody asks. */
  mail_confirmed: boolean | null;
  role: Role;
  /** Nobody logs in on this machine. */
  single_user: boolean;
}

/** A user, as admins see them. */
export interface Person {
  id: number;
  name: string;
  mail: string;
  role: Role;
  active: boolean;
  books: number;
  created_at: string;
  last_login: string | null;
}

/** A token of a program. */
export interface Token {
  id: number;
  name: string;
  created_at: string;
  used_at: string | null;
}

/** A new token: it is shown this once. */
export interface NewToken extends Token {
  token: string;
}

export interface Invitation {
  id: number;
  note: string;
  role: Role;
  state: "open" | "used" | "expired";
  created_at: string;
  expires_at: string;
  used_by: string | null;
}

/** A new invitation: link, PIN and QR code (SVG) are shown this once. */
export interface NewInvitation extends Invitation {
  link: string;
  pin: string;
  qr: string;
}

export interface Page<Item> {
  count: number;
  next: string | null;
  previous: string | null;
  results: Item[];
}

export interface ErrorBody {
  message: string;
  extra: Record<string, unknown>;
}
