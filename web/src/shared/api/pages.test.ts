import { expect, it, vi } from "vitest";
import { everyRow } from "./pages";

it("follows a list to its last page", async () => {
  const asked: string[] = [];
  const pages = [
    { next: "/api/terms/?page=2", results: [1, 2] },
    { next: "/api/terms/?page=3", results: [3] },
    { next: null, results: [4] },
  ];
  vi.stubGlobal("fetch", (path: string) => {
    asked.push(path);
    return Promise.resolve(new Response(JSON.stringify(pages.shift())));
  });
  expect(await everyRow("/api/terms/")).toEqual([1, 2, 3, 4]);
  expect(asked.map((path) => path.split("&page=")[1])).toEqual(["1", "2", "3"]);
  pages.push({ next: null, results: [] });
  await everyRow("/api/books/1/corrections/?segment=7");
  expect(asked.at(-1)).toBe("/api/books/1/corrections/?segment=7&page_size=500&page=1");
});
