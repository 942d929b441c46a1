import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { App } from "@/app/App";
import { choose } from "@/shared/settings";
import { navigate } from "@/shared/router";
import { serve } from "./serve";

const user = userEvent.setup();
/** What was sent to make a book. */
let sent: (Record<string, string> | null)[];

const fieldsOf = (body: unknown) =>
  body instanceof FormData ? Object.fromEntries([...body].filter(([, value]) => typeof value === "string")) : JSON.parse(String(body));

beforeEach(() => {
  serve();
  sent = [];
  const answering = globalThis.fetch;
  vi.stubGlobal("fetch", (address: string, init: RequestInit = {}) => {
    if (address === "/api/books/" && init.method === "POST") {
      sent.push(fieldsOf(init.body) as Record<string, string>);
      return Promise.resolve(new Response("{}", { status: 507 }));
    }
    return answering(address, init);
  });
});

const open = async () => {
  navigate("/new");
  const drawn = render(<App />);
  await screen.findByRole("heading", { level: 1 });
  return drawn;
};
const paste = async (text: string) => {
  await user.click(screen.getByLabelText("글"));
  await user.paste(text);
};
const pick = async () => {
  await user.upload(screen.getByTestId("file"), new File(["책"], "바당.epub"));
  return screen.findByRole("group", { name: "읽을 장" });
};
const make = async () => {
  const before = sent.length;
  await user.click(screen.getByRole("button", { name: "책 짓기" }));
  await waitFor(() => { expect(sent.length).toBe(before + 1); });
  return sent.at(-1);
};
const chapter = (name: RegExp) => screen.getByRole<HTMLInputElement>("checkbox", { name });

describe("what a file holds, before a book is made of it", () => {
  it("lists its chapters, those around the text off", async () => {
    await open();
    const list = await pick();
    expect(within(list).getAllByRole("checkbox")).toHaveLength(5);
    expect(chapter(/판권/).checked).toBe(false);
    expect(chapter(/찾아보기/).checked).toBe(false);
    expect(chapter(/첫째 마당/).checked).toBe(true);
    expect(list.textContent).toContain("5장 가운데 3장 · 21,900자");
    expect(within(list).getByText("외국어")).toBeTruthy();
    expect(screen.getByText("바당 너머 · 고은별")).toBeTruthy();
    expect(screen.getByText("옮긴이 한새벽 · 바당출판 · 2020")).toBeTruthy();
    expect(screen.getByText("쪽 번호 8곳 (24자)")).toBeTruthy();
    expect(screen.getByText("그 밖에 7곳")).toBeTruthy();
    expect(screen.getByText("차례가 없어 제목대로 장을 나누었습니다.")).toBeTruthy();
    expect(screen.getByLabelText<HTMLInputElement>("제목").placeholder).toBe("비워 두면 ‘바당 너머’");
  });

  it("sends nothing of chapters where none is switched", async () => {
    await open();
    await pick();
    expect(await make()).not.toHaveProperty("leave_out");
    expect(sent[0]).not.toHaveProperty("include");
  });

  it("sends the chapters that were switched, on and off", async () => {
    await open();
    const list = await pick();
    await user.click(chapter(/Foreword/));
    await user.click(chapter(/찾아보기/));
    expect(list.textContent).toContain("5장 가운데 3장 · 21,400자");
    expect(await make()).toMatchObject({ include: "5", leave_out: "2" });
  });

  it("switches by keyboard, all at once, and back as found", async () => {
    await open();
    const list = await pick();
    chapter(/판권/).focus();
    await user.keyboard(" ");
    expect(chapter(/판권/).checked).toBe(true);
    await user.click(within(list).getByRole("button", { name: "모두 읽기" }));
    expect(await make()).toMatchObject({ include: "1,5" });
    await user.click(within(list).getByRole("button", { name: "처음대로" }));
    expect(await make()).not.toHaveProperty("include");
  });

  it("makes no book of no chapter", async () => {
    await open();
    await pick();
    await user.click(screen.getByRole("button", { name: "모두 빼기" }));
    await user.click(screen.getByRole("button", { name: "책 짓기" }));
    expect(screen.getByRole("alert").textContent).toContain("고른 장이 없습니다");
    expect(sent).toEqual([]);
  });

  it("asks no more about what is foreign where that chapter is left out", async () => {
    await open();
    await pick();
    expect(screen.getByRole("group", { name: /외국어 문장이 4%/ })).toBeTruthy();
    await user.click(chapter(/Foreword/));
    expect(screen.queryByRole("group", { name: /외국어/ })).toBeNull();
  });

  it("keeps the switched chapters where the service has no time to look again", async () => {
    await open();
    await pick();
    await user.click(chapter(/첫째 마당/));
    const answering = globalThis.fetch;
    vi.stubGlobal("fetch", (address: string, init: RequestInit = {}) =>
      address === "/api/books/preview/"
        ? Promise.resolve(new Response(JSON.stringify({ message: "busy", extra: { retry_after: 60 } }), { status: 429 }))
        : answering(address, init),
    );
    await user.click(screen.getByRole("radio", { name: /제주말 글/ }));
    expect(await screen.findByRole("group", { name: "읽을 장" })).toBeTruthy();
    expect(chapter(/첫째 마당/).checked).toBe(false);
    expect(await make()).toMatchObject({ leave_out: "3", language: "jje" });
  });

  it("says what cannot be read as soon as it is chosen", async () => {
    await open();
    const body = { message: "a.epub: It is damaged.", extra: { where: "a.epub", reason: "damaged" } };
    vi.stubGlobal("fetch", () => Promise.resolve(new Response(JSON.stringify(body), { status: 400 })));
    await user.upload(screen.getByTestId("file"), new File(["책"], "a.epub"));
    expect((await screen.findByRole("alert")).textContent).toMatch(/깨졌거나.*a\.epub/);
    await user.click(screen.getByRole("button", { name: "파일 빼기" }));
    expect(screen.queryByRole("alert")).toBeNull();
  });
});

describe("what a pasted text holds", () => {
  it("is one line for a text of one chapter, and nothing is to be done", async () => {
    await open();
    await paste("산에 올랐다. 바다가 보였다.");
    expect(await screen.findByText("한국어 글입니다.")).toBeTruthy();
    expect(screen.queryByRole("group", { name: "읽을 장" })).toBeNull();
    expect(screen.queryByRole("button", { name: "제주말 글로 읽기" })).toBeNull();
    expect(await make()).toMatchObject({ text: "산에 올랐다. 바다가 보였다." });
  });

  it("does not hold up whoever makes the book at once", async () => {
    await open();
    await paste("산에 올랐다.");
    expect(await make()).toMatchObject({ text: "산에 올랐다." });
  });

  it("keeps switches of chapters whose names stay while the text goes on", async () => {
    await open();
    await paste("제1장 봄\n\n꽃이 폈다.\n\n제2장 여름\n\n더웠다.");
    await screen.findByRole("group", { name: "읽을 장" });
    await user.click(chapter(/제1장 봄/));
    await user.type(screen.getByLabelText("글"), " 비가 왔다.");
    await waitFor(() => { expect(screen.getByText(/2장 가운데 1장 · 14자/)).toBeTruthy(); });
    expect(await make()).toMatchObject({ leave_out: "1" });
  });

  it("wants to know what becomes of a foreign text", async () => {
    await open();
    await paste("The wind was cold. He went to the island.");
    const question = await screen.findByRole("group", { name: /외국어 문장이 100%/ });
    expect(screen.getByText("한국어도 제주말도 아닌 글입니다.")).toBeTruthy();
    expect(screen.getByText(/이런 문장입니다: “The wind was cold\.”/)).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "책 짓기" }));
    expect(screen.getByRole("alert").textContent).toContain("먼저 골라 주세요");
    expect(document.activeElement).toBe(within(question).getByRole("radio", { name: /외래어처럼/ }));
    expect(sent).toEqual([]);
    await user.click(within(question).getByRole("radio", { name: /외래어처럼/ }));
    expect(await make()).toMatchObject({ foreign: "read" });
    await user.click(within(question).getByRole("radio", { name: /빼기/ }));
    expect(await make()).toMatchObject({ foreign: "skip" });
  });

  it("asks where the service alone knew that it is foreign", async () => {
    await open();
    await paste("산에 올랐다.");
    await screen.findByText("한국어 글입니다.");
    const body = { message: "This is neither.", extra: { reason: "foreign_book" } };
    vi.stubGlobal("fetch", () => Promise.resolve(new Response(JSON.stringify(body), { status: 400 })));
    await user.click(screen.getByRole("button", { name: "책 짓기" }));
    expect((await screen.findByRole("alert")).textContent).toContain("한국어도 제주말도 아닌");
    expect(screen.getByRole("radio", { name: /외래어처럼/ })).toBeTruthy();
  });

  it("reads in English for whoever reads English", async () => {
    choose({ tongue: "en" });
    await open();
    await user.upload(screen.getByTestId("file"), new File(["책"], "바당.epub"));
    const list = await screen.findByRole("group", { name: "Chapters to read" });
    expect(list.textContent).toContain("3 of 5 chapters · 21,900 letters");
    expect(screen.getByText("translated by 한새벽 · 바당출판 · 2020")).toBeTruthy();
    expect(screen.getByText("Sentences: Korean 96%, Latin letters 4%.")).toBeTruthy();
  });

  it("is drawn so that axe finds nothing wrong", async () => {
    await open();
    await pick();
    const { violations } = await axe.run(document.body, { rules: { "color-contrast": { enabled: false } } });
    expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
  });
});
