import { fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it, vi } from "vitest";
import { App } from "@/app/App";
import { navigate } from "@/shared/router";
import { serve } from "./serve";

const user = userEvent.setup();

beforeEach(() => {
  serve();
});

async function openField() {
  navigate("/books/6");
  render(<App />);
  await waitFor(() => { expect(document.querySelector('[data-segment="0"][data-made]')).toBeTruthy(); });
  await user.click(screen.getByRole("button", { name: "고치기" }));
  const desk = within(await screen.findByRole("complementary", { name: "이 문장" }));
  const field = await desk.findByLabelText<HTMLTextAreaElement>("바른 제주말");
  await user.clear(field);
  return { desk, field };
}

it("arae-a is joined as one types it, with keys for it where the cursor is", async () => {
  const { desk, field } = await openField();
  await user.type(field, "저 옵서");
  field.setSelectionRange(0, 0);
  await user.type(field, "ㅎ", { initialSelectionStart: 0, initialSelectionEnd: 0 });
  await user.click(desk.getByRole("button", { name: "아래아(ㆍ) 넣기" }));
  expect(document.activeElement).toBe(field);
  expect(field.value).toBe("ᄒᆞ저 옵서");
  expect(field.selectionStart).toBe(2);
  await user.keyboard("ㄴ");
  expect(field.value).toBe("ᄒᆞᆫ저 옵서");
  expect(field.selectionStart).toBe(3);
});

it("a block that a keyboard is still putting together is left alone until it is done", async () => {
  const { field } = await openField();
  fireEvent.change(field, { target: { value: "ㅎㆍㄴ" }, nativeEvent: {} });
  expect(field.value).toBe("ᄒᆞᆫ");
  const composing = new InputEvent("input", { bubbles: true, isComposing: true });
  Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value")?.set?.call(field, "ᄒᆞㄹ");
  fireEvent(field, composing);
  expect(field.value).toBe("ᄒᆞㄹ");
  fireEvent.compositionEnd(field);
  expect(field.value).toBe("ᄒᆞᆯ");
});

it("what is not written by the rules is marked with its reason, and mended at one press", async () => {
  const asked = globalThis.fetch;
  const finding = {
    word: "옵써", start: 5, end: 7, verdict: "wrong", rule: "x", clause: "", clause_korean: "", clause_english: "",
    right: ["옵서"], why: "된소리로 적지 않습니다.", why_english: "Not written tense.",
  };
  vi.stubGlobal("fetch", (address: string, init?: RequestInit) => {
    if (address !== "/api/spelling/") return asked(address, init);
    const wrong = String(init?.body).includes("옵써");
    return Promise.resolve(new Response(JSON.stringify({ findings: wrong ? [finding] : [] })));
  });
  const { desk, field } = await openField();
  await user.type(field, "ᄒᆞᆫ저 옵써");
  expect(await desk.findByText("된소리로 적지 않습니다.")).toBeTruthy();
  await user.click(desk.getByRole("button", { name: "‘옵써’ 대신 ‘옵서’" }));
  expect(field.value).toBe("ᄒᆞᆫ저 옵서");
  await waitFor(() => { expect(desk.queryByText("된소리로 적지 않습니다.")).toBeNull(); });
});

it("a search finds a word with arae-a by its keys, too", async () => {
  navigate("/books/6");
  render(<App />);
  await user.click(await screen.findByRole("button", { name: "이 책에서 찾기" }));
  const box = screen.getByRole<HTMLInputElement>("searchbox");
  await user.type(box, "ㅎ");
  await user.click(screen.getByRole("button", { name: "아래아(ㆍ) 넣기" }));
  await user.keyboard("ㄴ");
  expect(box.value).toBe("ᄒᆞᆫ");
});
