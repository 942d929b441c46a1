import { describe, expect, it } from "vitest";
import type { Book, Position } from "@/shared/api/shapes";
import { remember } from "@/shared/storage";
import { latestPlace, startOf, unknownHere } from "./place";

const place = (position: number, version: number, at: string): Position => ({
  segment: position + 100,
  audio_ms: 5,
  client_time: `2026-01-01T${at}:00Z`,
  version,
  position,
});
const book = (position: Position | null) => ({ id: 1, position, segments: { total: 50, done: 50, failed: 0 } }) as Book;

describe("the place of a listener", () => {
  it("is this device's where it knew the service's, though its clock is behind", () => {
    remember("place.1", place(9, 3, "08:00"));
    expect(latestPlace(1, place(4, 3, "10:00"))?.position).toBe(9);
    expect(unknownHere(book(place(4, 3, "10:00")))).toBeNull();
  });

  it("is the later one where another device went on, and the other is offered", () => {
    remember("place.1", place(9, 2, "08:00"));
    expect(startOf(book(place(4, 3, "10:00")), "")).toEqual({ index: 4, ms: 5 });
    expect(startOf(book(place(4, 3, "07:00")), "")).toEqual({ index: 9, ms: 5 });
    expect(unknownHere(book(place(4, 3, "07:00")))?.position).toBe(4);
  });

  it("is the beginning where the book has become shorter", () => {
    expect(startOf(book(place(70, 1, "08:00")), "")).toEqual({ index: 0, ms: 0 });
  });

  it("is the sentence that the address names, where the book has it", () => {
    remember("place.1", place(9, 2, "08:00"));
    expect(startOf(book(null), "3")).toEqual({ index: 2, ms: 0 });
    for (const hash of ["0", "x", "99999", "-1"]) expect(startOf(book(null), hash).index).toBe(9);
  });
});
