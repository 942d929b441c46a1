import { act, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { App } from "@/app/App";
import { marksText } from "@/features/desk/marksFile";
import { navigate } from "@/shared/router";
import { serve } from "./serve";

const user = userEvent.setup();

beforeEach(() => {
  serve();
});

afterEach(() => {
  vi.useRealTimers();
  Reflect.deleteProperty(document, "caretPositionFromPoint");
});

const sentence = (index: number) => document.querySelector<HTMLElement>(`.jeju [data-segment="${index}"]`)!;

async function openBook() {
  navigate("/books/6");
  render(<App />);
  await waitFor(() => { expect(document.querySelector('[data-segment="3"][data-made]')).toBeTruthy(); });
}

/** Press a letter of a sentence, as a finger would. */
function tap(index: number, offset: number) {
  const offsetNode = sentence(index).firstChild;
  Object.defineProperty(document, "caretPositionFromPoint", { value: () => ({ offsetNode, offset }), configurable: true });
  fireEvent.click(sentence(index), { clientX: 1, clientY: 1 });
}

describe("a word that is pressed", () => {
  it("is heard alone, lit, and shown with its Korean word; the book stands still there", async () => {
    await openBook();
    const heard = vi.spyOn(HTMLMediaElement.prototype, "play");
    tap(1, 8);
    const card = await screen.findByRole("complementary", { name: "낱말" });
    expect(within(card).getByText("물이", { selector: "[lang=jje]" })).toBeTruthy();
    expect(within(card).getByText("물이", { selector: "[lang=ko]" })).toBeTruthy();
    expect(heard).toHaveBeenCalledTimes(1);
    await waitFor(() => { expect(sentence(1).querySelector(".lit")?.textContent).toBe("물이"); });
    expect(screen.getByRole("button", { name: "듣기" })).toBeTruthy();
    await user.click(within(card).getByRole("button", { name: "다음 낱말" }));
    expect(within(card).getByText("맞닿은", { selector: "[lang=jje]" })).toBeTruthy();
    expect((await axe.run(card, { rules: { region: { enabled: false } } })).violations).toEqual([]);
    await user.click(within(card).getByRole("button", { name: "여기서부터 듣기" }));
    expect(screen.queryByRole("complementary", { name: "낱말" })).toBeNull();
    expect(screen.getByRole("button", { name: "멈추기" })).toBeTruthy();
    heard.mockRestore();
  });

  it("is reached by the keyboard, and Escape goes back to its sentence", async () => {
    await openBook();
    await user.keyboard("{ArrowRight}w");
    const card = await screen.findByRole("complementary", { name: "낱말" });
    expect(document.activeElement).toBe(card);
    await user.keyboard("{Escape}");
    expect(screen.queryByRole("complementary", { name: "낱말" })).toBeNull();
    expect(document.activeElement).toBe(sentence(1));
  });

  it("shows its row of the lexicon, with region and evidence, where the service has one", async () => {
    const asked = globalThis.fetch;
    const row = {
      korean: "할머니", part_of_speech: "noun", sense: "old woman", register: "polite", weight: 3, note: "",
      forms: [{ form: "할망", region: "구좌읍" }, { form: "할마님", region: "" }], licence: "CC-BY-SA-4.0", credit: "우리말샘",
      evidence: ["prov_dict_words:2", "open_words:15161", "prov_dict_words:31", "correction 8c1f by 삼춘", "rule"],
    };
    vi.stubGlobal("fetch", (address: string, init?: RequestInit) =>
      address.startsWith("/api/lexicon/?form=") ? Promise.resolve(new Response(JSON.stringify({ form: "할망", rows: [row] }))) : asked(address, init));
    await openBook();
    tap(2, 7);
    const rows = await screen.findByRole("region", { name: "낱말 사전에서" });
    expect(rows.textContent).toContain("할머니 명사 · 높임말");
    expect(within(rows).getByText("old woman").lang).toBe("en");
    expect(rows.textContent).toContain("할망 (구좌읍), 할마님");
    expect(rows.textContent).toContain("근거: 제주도 제주어사전 2, 31; 우리말샘 15161; 삼춘의 고침 8c1f; 규칙 · 우리말샘 · CC-BY-SA-4.0");
  });

  it("leads to where else the book has it", async () => {
    await openBook();
    tap(2, 0);
    await user.click(await screen.findByText(/다른 \d+곳에도/));
    const card = screen.getByRole("complementary", { name: "낱말" });
    await user.click(within(card).getAllByRole("listitem")[0]!.querySelector("button")!);
    expect(screen.queryByRole("complementary", { name: "낱말" })).toBeNull();
  });
});

it("puts a sentence on the desk that is held under a finger", async () => {
  await openBook();
  vi.useFakeTimers({ shouldAdvanceTime: true });
  fireEvent.pointerDown(sentence(2), { pointerType: "touch" });
  act(() => { vi.advanceTimersByTime(700); });
  fireEvent.pointerUp(sentence(2));
  fireEvent.click(sentence(2));
  expect(await screen.findByRole("complementary", { name: "이 문장" })).toBeTruthy();
  expect(screen.queryByRole("complementary", { name: "낱말" })).toBeNull();
  expect(screen.getByRole("button", { name: "듣기" })).toBeTruthy();
});

it("tells how long chapters are, and their names in Jeju where they are read", async () => {
  await openBook();
  await user.click(screen.getByRole("button", { name: "차례" }));
  const contents = screen.getByRole("navigation", { name: "차례" });
  expect(within(contents).getByText("비단 벡 동")).toBeTruthy();
  expect(within(contents).getAllByText(/^\d+:\d\d$/).length).toBe(3);
});

it("writes marks down with their sentences and notes", () => {
  const marks = [
    { id: 1, segment: 5, position: 4, note: "할망의 말", text: "ᄒᆞᆫ저 옵서.", beside: "어서 오세요." },
    { id: 2, segment: 7, position: 6, note: "", text: "게메.", beside: "글쎄." },
  ];
  expect(marksText("설문대할망", marks, (number) => `${number}번째 문장`)).toBe(
    "# 설문대할망\n\n## 5번째 문장\n\n> ᄒᆞᆫ저 옵서.\n>\n> 어서 오세요.\n\n할망의 말\n\n## 7번째 문장\n\n> 게메.\n>\n> 글쎄.\n",
  );
});
