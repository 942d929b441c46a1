import { request } from "./http";
import { everyRow } from "./pages";
import type { Change, Correction, CorrectionKind, Edit, Narration, RecordingTerms, Segment } from "./shapes";

const options = (signal?: AbortSignal) => (signal ? { signal } : {});
const segmentAt = (book: number, segment: number) => `/api/books/${book}/segments/${segment}/`;
const at = ({ book, id }: { book: number; id: number }) => `/api/books/${book}/corrections/${id}/`;

export interface Proposal {
  segment: number;
  kind: CorrectionKind;
  text: string;
  region: string;
  village: string;
  consent: boolean;
}

export type Decision = "accept" | "decline" | "keep" | "undo";

export function readSegment(book: number, segment: number, signal?: AbortSignal): Promise<Segment> {
  return request("GET", segmentAt(book, segment), undefined, options(signal));
}

/** Change the Korean of a sentence of one's own: it is translated and spoken again. */
export function changeKorean(book: number, segment: number, beside: string): Promise<Segment> {
  return request("PATCH", segmentAt(book, segment), { beside });
}

export function listCorrections(
  book: number,
  segment: number,
  signal?: AbortSignal,
): Promise<Correction[]> {
  return everyRow(`/api/books/${book}/corrections/?segment=${segment}`, signal);
}

/** What nobody decided yet, of a whole book. */
export function listOpen(book: number, signal?: AbortSignal): Promise<Correction[]> {
  return everyRow(`/api/books/${book}/corrections/?state=open`, signal);
}

export function propose(book: number, proposal: Proposal): Promise<Correction> {
  return request("POST", `/api/books/${book}/corrections/`, proposal);
}

export function vote(book: number, id: number, yes: boolean): Promise<Correction> {
  return request(yes ? "PUT" : "DELETE", `${at({ book, id })}vote/`);
}

export function decide(book: number, id: number, decision: Decision): Promise<Correction> {
  return request("POST", `${at({ book, id })}${decision}/`, {});
}

export function withdraw(book: number, id: number): Promise<void> {
  return request("DELETE", at({ book, id }));
}

/** What a correction would change in one's own books. */
export function readEverywhere(book: number, id: number): Promise<Change[]> {
  return request("GET", `${at({ book, id })}everywhere/`);
}

export function applyEverywhere(book: number, id: number, segments: number[]): Promise<{ changed: number }> {
  return request("POST", `${at({ book, id })}everywhere/`, { segments });
}

export function readHistory(book: number, segment: number, signal?: AbortSignal): Promise<Edit[]> {
  return request("GET", `${segmentAt(book, segment)}history/`, undefined, options(signal));
}

export function undoEdit(book: number, segment: number): Promise<Segment> {
  return request("POST", `${segmentAt(book, segment)}undo/`, {});
}

export function readTerms(signal?: AbortSignal): Promise<RecordingTerms> {
  return request("GET", "/api/recordings/terms/", undefined, options(signal));
}

export function sendRecording(
  book: number,
  segment: number,
  sound: Blob,
  fields: { speaker: string; licence: string },
): Promise<unknown> {
  return request("PUT", `${segmentAt(book, segment)}recording/`, agreed(sound, fields));
}

function agreed(sound: Blob, fields: { speaker: string; licence: string }): FormData {
  const form = new FormData();
  form.set("audio", sound, "recording");
  form.set("consent", "true");
  form.set("speaker", fields.speaker);
  form.set("licence", fields.licence);
  return form;
}

const narrationAt = (book: number, chapter: number) => `/api/books/${book}/chapters/${chapter}/narration/`;

export function readNarration(book: number, chapter: number, signal?: AbortSignal): Promise<Narration> {
  return request("GET", narrationAt(book, chapter), undefined, options(signal));
}

/** Hand in a recording of a chapter; a worker cuts and times it. */
export function sendNarration(
  book: number,
  chapter: number,
  sound: Blob,
  fields: { speaker: string; licence: string },
): Promise<Narration> {
  return request("PUT", narrationAt(book, chapter), agreed(sound, fields));
}

export function retryNarration(book: number, chapter: number): Promise<Narration> {
  return request("POST", narrationAt(book, chapter), {});
}

export function withdrawNarration(book: number, chapter: number): Promise<void> {
  return request("DELETE", narrationAt(book, chapter));
}

export function withdrawRecording(book: number, segment: number): Promise<void> {
  return request("DELETE", `${segmentAt(book, segment)}recording/`);
}

/** Let models learn from what one proposed, or not any more. */
export function setConsent(book: number, id: number, consent: boolean): Promise<Correction> {
  return request("PATCH", at({ book, id }), { consent });
}
