import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import type { Segment } from "@/shared/api/shapes";
import { Doubts } from "./Doubts";

const segment = { doubts: [[1, "슈룹", "unknown_word"]] } as unknown as Segment;

afterEach(() => {
  vi.unstubAllGlobals();
});

test("a doubted word stands with its reason in the page's language", () => {
  render(<Doubts segment={segment} />);
  expect(screen.getByRole("listitem").textContent).toContain("슈룹: 모르는 낱말입니다");
});

test("without a doubt nothing is shown", () => {
  const { container } = render(<Doubts segment={{ ...segment, doubts: [] }} />);
  expect(container.textContent).toBe("");
});

test("the lexicon's rows come with forms, places and evidence", async () => {
  const row = {
    korean: "우산", part_of_speech: "noun", sense: "", register: "", weight: 2, note: "",
    forms: [{ form: "우산", region: "" }, { form: "슈룹", region: "구좌읍" }],
    evidence: ["correction 8c1f"], licence: "CC-BY-SA-4.0", credit: "a speaker",
  };
  const asked = vi.fn(() => Promise.resolve(Response.json({ form: "슈룹", rows: [row] })));
  vi.stubGlobal("fetch", asked);
  render(<Doubts segment={segment} />);
  await userEvent.click(screen.getByRole("button", { name: "사전에서 보기" }));
  expect(await screen.findByText("우산, 슈룹 (구좌읍)")).toBeTruthy();
  expect(screen.getByText(/고침 8c1f · a speaker · CC-BY-SA-4.0/)).toBeTruthy();
});
