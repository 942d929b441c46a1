import type { Bookmark, Correction, Edit, Segment, Share } from "../../src/shared/api/shapes";
import type { Answer } from "./accounts";

const NOW = "2026-11-22T09:00:00Z";
const GONE: Answer = { status: 204, body: null };
const LICENCES = ["CC0 1.0", "CC BY 4.0"];

type Fields = Record<string, string>;

/** What people do with sentences and books of the mock library, in memory. */
export class MockDesk {
  #corrections: Correction[] = [];
  #marks: Bookmark[] = [];
  #edits: Edit[] = [];
  readonly #words = new Map<string, object[]>();
  #share: Share = { visibility: "private", licence: "", attribution: "", link: null, qr: null, licences: LICENCES };

  /** Addresses outside of books. */
  alone(method: string, path: string, body: unknown): Answer {
    const sent = (body ?? {}) as Fields;
    if (path === "/api/recordings/terms/") {
      return { status: 200, body: { words: "동의합니다.", licences: LICENCES } };
    }
    if (path === "/api/spelling/") return { status: 200, body: { findings: [] } };
    if (path === "/api/lexicon/") return { status: 200, body: { form: "", rows: [] } };
    if (path.endsWith("/preview/")) return { status: 200, body: previewOf(sent) };
    const kind = path.split("/")[2] ?? "";
    const kept = this.#words.get(kind) ?? [];
    if (method === "POST") this.#words.set(kind, [...kept, { id: kept.length + 1, ...sent }]);
    if (method === "DELETE") {
      this.#words.delete(kind);
      return GONE;
    }
    return { status: method === "POST" ? 201 : 200, body: pageOf(this.#words.get(kind) ?? []) };
  }

  /** Addresses of a book; null for those that are not of the desk. */
  answer(method: string, what: string, id: number, body: unknown, segments: Segment[]): Answer | null {
    const sent = (body ?? {}) as Fields;
    switch (what) {
      case "share":
        return this.#handleShare(method, sent);
      case "report":
        return { status: 201, body: {} };
      case "bookmarks":
        return this.#handleMarks(method, id, sent, segments);
      case "segments history":
        return { status: 200, body: this.#edits };
      case "segments":
        return { status: 200, body: this.#corrected(segments.find((one) => one.id === id)) };
      case "corrections":
        return this.#handleCorrections(method, sent, segments);
      case "corrections everywhere":
        return { status: 200, body: [] };
      default:
        return what.startsWith("corrections ") ? this.#decide(what.split(" ")[1] ?? "", id) : null;
    }
  }

  #corrected(segment: Segment | undefined): Segment | undefined {
    const taken = this.#corrections.find((one) => one.segment === segment?.id && one.state === "accepted");
    return segment && taken ? { ...segment, text: taken.text } : segment;
  }

  #handleShare(method: string, sent: Fields): Answer {
    if (method === "PUT") {
      const link = sent.visibility === "unlisted" ? "http://localhost/shared#key-of-the-link" : null;
      this.#share = { ...this.#share, ...(sent as Partial<Share>), link };
    }
    return { status: 200, body: this.#share };
  }

  #handleMarks(method: string, id: number, sent: Fields, segments: Segment[]): Answer {
    if (method === "GET") return { status: 200, body: pageOf(this.#marks) };
    if (method === "DELETE") {
      this.#marks = this.#marks.filter((mark) => mark.id !== id);
      return GONE;
    }
    const segment = Number(sent.segment);
    const position = segments.findIndex((one) => one.id === segment);
    const { text = "", beside = "" } = segments[position] ?? {};
    const mark = { id: this.#marks.length + 1, segment, position, note: sent.note ?? "", text, beside };
    this.#marks.push(mark);
    return { status: 201, body: mark };
  }

  #handleCorrections(method: string, sent: Fields, segments: Segment[]): Answer {
    if (method === "GET") {
      const shown = this.#corrections.filter(({ state }) => !sent.state || state === sent.state);
      return { status: 200, body: pageOf(shown) };
    }
    const segment = segments.find((one) => one.id === Number(sent.segment));
    const made: Correction = {
      id: this.#corrections.length + 1,
      segment: segment?.id ?? 0,
      position: segment?.position ?? 0,
      kind: "translation",
      was: segment?.text ?? "",
      text: sent.text ?? "",
      region: sent.region ?? "",
      village: sent.village ?? "",
      consent: false,
      state: "accepted",
      by: "owner",
      mine: true,
      votes: 0,
      voted: false,
    };
    this.#corrections.push(made);
    const changes = [{ field: "text", before: made.was, after: made.text }];
    this.#edits.unshift({ id: made.id, by: "owner", at: NOW, undone_at: null, changes });
    return { status: 201, body: made };
  }

  #decide(what: string, id: number): Answer {
    const found = this.#corrections.find((one) => one.id === id);
    if (!found) return { status: 404, body: { message: "There is nothing here.", extra: {} } };
    const states = { accept: "accepted", keep: "variant", decline: "declined", undo: "open" } as const;
    found.state = states[what as keyof typeof states];
    return { status: 200, body: found };
  }
}

function pageOf(results: readonly unknown[]) {
  return { count: results.length, next: null, previous: null, results };
}

/** What the service shows of a term; a pronunciation is found nowhere. */
function previewOf({ korean }: Fields) {
  const found = { book: 1, title: "설문대할망", segment: 1, position: 0, text: `${korean ?? ""} 보인다.`, before: "보염저." };
  return korean ? { count: 1, results: [found] } : { count: 0, results: [] };
}
