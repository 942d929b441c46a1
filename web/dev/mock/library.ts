import type { SentPosition } from "../../src/shared/api/positions";
import type { Book, BookStatus, Chapter, Lengths, Position, Segment, Settings } from "../../src/shared/api/shapes";
import { MockAccounts, type Answer } from "./accounts";
import { MockDesk } from "./desk";
import { previewOf, previewOfFile } from "./preview";
import { lengthOf, timesOf, wavOf } from "./sound";
import { stories, type Story } from "./stories";

interface Kept {
  story: Story;
  id: number;
  status: BookStatus;
  started: number;
  startedWith: number;
  position: Position | null;
}

const SECONDS_A_SEGMENT = 1.5;
const PAUSE_MS = 350;
const CHOICES = { languages: ["jje", "ko"], licences: [], tags: ["민담"], series: [] };
const VOICES = [
  { id: "lmy", name: "lmy" },
  { id: "kih", name: "kih" },
];

/** The library service as far as the page sees it, in memory. */
export class MockLibrary {
  readonly accounts = new MockAccounts();
  readonly desk = new MockDesk();
  readonly #books = new Map<number, Kept>();
  readonly #now: () => number;
  #settings: Partial<Settings> = {};

  constructor(now: () => number = Date.now, shelf: readonly Story[] = stories) {
    this.#now = now;
    for (const story of [...shelf].reverse()) this.#keep(story);
  }

  handle(method: string, address: string, body: unknown): Answer {
    const url = new URL(address, "http://mock");
    if (/^\/api\/(accounts|tokens)\//.test(url.pathname)) {
      return this.accounts.handle(method, url.pathname, body);
    }
    if (!this.accounts.isIn()) return refuse(401, "Log in first.");
    if (url.pathname === "/api/settings/") return this.#settle(method, body as Partial<Settings>);
    if (url.pathname === "/api/voices/") return { status: 200, body: { voices: VOICES } };
    const path = /^\/api\/books\/(?:(\d+)\/)?(?:(\w+)\/)?(?:(\d+)\/)?(\w*)/.exec(url.pathname);
    const [, id, part, number, deed] = path ?? [];
    if (!path) return this.desk.alone(method, url.pathname, body);
    if (part === "choices") return { status: 200, body: CHOICES };
    if (part === "preview") return this.#preview(body);
    if (!id) return method === "POST" ? this.#create(body) : this.#list(url.searchParams);
    const kept = this.#books.get(Number(id));
    if (!kept) return refuse(404, "There is nothing here; it was deleted or never was.");
    if (method === "DELETE" && !part) {
      this.#books.delete(kept.id);
      return { status: 204, body: null };
    }
    if (part === "segments" && deed === "audio") return { status: 200, body: this.sound(Number(number)) };
    if (part === "segments" && !number) return { status: 200, body: page(this.#segments(kept).slice(Number(url.searchParams.get("start"))), url.searchParams) };
    if (part === "timeline") return { status: 200, body: this.#lengths(kept) };
    if (part === "position" && method === "GET") return placeOf(kept);
    if (part === "position") return this.#place(kept, body as SentPosition);
    const answer = this.desk.answer(method, `${part ?? ""} ${deed ?? ""}`.trim(), Number(number), body ?? Object.fromEntries(url.searchParams), this.#segments(kept));
    if (answer) return answer;
    if (part) this.#wish(kept, part);
    return { status: 200, body: this.#book(kept) };
  }

  /** WAV bytes of a segment. */
  sound(segment: number): Uint8Array {
    const kept = this.#books.get(Math.floor(segment / 1000));
    const [jeju] = kept ? (flat(kept.story)[segment % 1000]?.pair ?? [""]) : [""];
    return wavOf(timesOf(jeju));
  }

  progress(id: number) {
    const kept = this.#books.get(id);
    if (!kept) return null;
    const { status, seconds_left, problem, segments } = this.#book(kept);
    return { status, seconds_left, problem, ...segments };
  }

  #keep(story: Story): Kept {
    const id = this.#books.size + 1;
    const startedWith = Math.round(flat(story).length * story.made);
    const kept = { story, id, status: story.status, started: this.#now(), startedWith, position: null };
    this.#books.set(id, kept);
    return kept;
  }

  #done({ story, status, started, startedWith }: Kept): number {
    const going = status === "producing" || status === "queued";
    const since = going ? (this.#now() - started) / 1000 / SECONDS_A_SEGMENT : 0;
    return Math.min(flat(story).length, startedWith + Math.floor(since));
  }

  #book(kept: Kept): Book {
    const { story, id } = kept;
    const all = flat(story);
    const done = this.#done(kept);
    const status = done === all.length ? "done" : kept.status;
    const going = status === "producing" || status === "queued";
    return {
      id,
      title: story.title,
      author: story.author,
      language: story.language,
      voice: "",
      status,
      segments: { total: all.length, done, failed: 0 },
      audio: null,
      visibility: "private",
      licence: "",
      attribution: "",
      mine: true,
      taken_down: null,
      created_at: "2026-11-22T09:00:00Z",
      narrator: "",
      tags: story.tags ?? [],
      series: "",
      series_number: "",
      cover: "",
      length_ms: this.#segments(kept).reduce((sum, { duration_ms }) => sum + (duration_ms ?? 0), 0),
      heard: kept.position && { position: kept.position.position, at: kept.position.client_time },
      excerpt: null,
      description: "",
      strength: 1,
      speed: 1,
      spelling: "araea",
      content: all.slice(0, done).map(({ pair }) => pair[0]).join(" "),
      problem: status === "failed" ? "The inference server does not answer. Start it and try again." : "",
      seconds_left: going ? (all.length - done) * SECONDS_A_SEGMENT : null,
      revision: 1,
      chapters: story.chapters.map(({ title }, position): Chapter => {
        const here = all.filter(({ chapter }) => chapter === position).length;
        const jeju = all.find(({ chapter, pair }) => chapter === position && pair[1] === title)?.pair[0] ?? "";
        return { position, title, jeju, level: 1, segments: here, done: here, audio: null, narration: null };
      }),
      position: kept.position,
      exports: Object.fromEntries(
        ["m4b", "epub", "mp3", "vtt"].map((name) => [name, `/api/books/${id}/exports/${name}/`]),
      ),
      warnings: [],
      skipped: [],
      source: null,
    };
  }

  #segments(kept: Kept): Segment[] {
    const done = this.#done(kept);
    return flat(kept.story).map(({ pair: [jeju, korean], chapter, paragraph, last }, position) => {
      const made = position < done;
      const words = made ? timesOf(jeju) : [];
      const duration = made ? lengthOf(words) : null;
      const id = kept.id * 1000 + position;
      const count = Math.min(jeju.split(" ").length, korean.split(" ").length);
      const segment: Segment = {
        id,
        position,
        chapter,
        paragraph,
        kind: korean === kept.story.chapters[chapter]?.title ? "heading" : "body",
        ends_paragraph: last,
        text: position < done + 2 || kept.story.language === "jje" ? jeju : "",
        beside: korean,
        spoken: "",
        human: false,
        links: Array.from({ length: count }, (_, word) => [word, word, 1]),
        warnings: [],
        doubts: [],
        state: made ? "done" : "waiting",
        problem: "",
        audio: made ? `/api/books/${kept.id}/segments/${id}/audio/?v=1` : null,
        duration_ms: duration,
        begin_ms: null,
        pause_ms: made ? PAUSE_MS : null,
        words,
      };
      return segment;
    });
  }

  #list(query: URLSearchParams): Answer {
    const wanted = query.get("search") ?? "";
    const [language, tag] = [query.get("language") ?? "", query.get("tag") ?? ""];
    const begun = query.get("shelf") === "begun";
    const found = [...this.#books.values()]
      .reverse()
      .filter(({ story }) => `${story.title} ${story.author}`.includes(wanted))
      .filter(({ story }) => !language || story.language === language)
      .filter(({ story }) => !tag || story.tags?.includes(tag))
      .filter(({ position }) => !begun || position !== null);
    if (query.get("order") === "title") found.sort((one, other) => one.story.title.localeCompare(other.story.title));
    return { status: 200, body: page(found.map((kept) => this.#book(kept)), query) };
  }

  #create(body: unknown): Answer {
    const { title, text, language = "ko" } = body as { title: string; text: string; language?: "ko" | "jje" };
    if (!text.trim()) return refuse(400, "text: the text is empty. Paste a text with words in it.");
    const pairs = text.split(/(?<=[.?!])\s+/).map((one): [string, string] => [one, one]);
    const chapters = [{ title: "", paragraphs: [pairs] }];
    const kept = this.#keep({ title, author: "", language, status: "producing", made: 0, chapters });
    return { status: 201, body: this.#book(kept) };
  }

  #preview(body: unknown): Answer {
    if (typeof body !== "object" || body === null) return { status: 200, body: previewOfFile() };
    const { text, language } = body as { text: string; language?: "ko" | "jje" };
    return { status: 200, body: previewOf(text, language) };
  }

  #settle(method: string, change: Partial<Settings>): Answer {
    if (method === "PATCH") this.#settings = { ...this.#settings, ...change };
    return { status: 200, body: this.#settings };
  }

  #lengths(kept: Kept): Lengths {
    const durations = this.#segments(kept).map(({ duration_ms }) => duration_ms);
    return { durations, pauses: durations.map(() => PAUSE_MS) };
  }

  #place(kept: Kept, { based_on, ...place }: SentPosition): Answer {
    const stored = kept.position;
    if ((stored?.version ?? 0) !== based_on) {
      return refuse(409, "A newer place is stored already; go on from there.", { ...stored });
    }
    const position = place.segment % 1000;
    kept.position = { ...place, position, version: based_on + 1 };
    return { status: 200, body: kept.position };
  }

  #wish(kept: Kept, wish: string): void {
    kept.startedWith = this.#done(kept);
    kept.started = this.#now();
    const wishes: Record<string, BookStatus> = { produce: "producing", pause: "paused", cancel: "cancelled" };
    kept.status = wishes[wish] ?? kept.status;
  }
}

function placeOf({ position }: Kept): Answer {
  return position ? { status: 200, body: position } : refuse(404, "There is nothing here; it was deleted or never was.");
}

function refuse(status: number, message: string, extra: Record<string, unknown> = {}): Answer {
  return { status, body: { message, extra } };
}

function page<Item>(items: Item[], query: URLSearchParams) {
  const size = Number(query.get("page_size") ?? 50);
  const number = Number(query.get("page") ?? 1);
  const results = items.slice((number - 1) * size, number * size);
  const next = number * size < items.length ? `?page=${number + 1}` : null;
  return { count: items.length, next, previous: null, results };
}

function flat({ chapters }: Story) {
  return chapters.flatMap(({ paragraphs }, chapter) =>
    paragraphs.flatMap((pairs, paragraph) =>
      pairs.map((pair, at) => ({ pair, chapter, paragraph, last: at === pairs.length - 1 })),
    ),
  );
}
