import { cleanup, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { beforeEach, describe, expect, it } from "vitest";
import { App } from "@/app/App";
import { navigate } from "@/shared/router";
import { serve } from "./serve";

const user = userEvent.setup();

beforeEach(() => {
  serve();
});

/** Open the first finished book and put its first sentence on the desk. */
async function openDesk() {
  navigate("/");
  render(<App />);
  await user.click(await screen.findByRole("link", { name: "설문대할망" }));
  await waitFor(() => { expect(document.querySelector("[data-segment]")).toBeTruthy(); });
  await user.click(screen.getByRole("button", { name: "고치기" }));
  return within(await screen.findByRole("complementary", { name: "이 문장" }));
}

describe("the desk", () => {
  it("corrects a sentence of one's own book at once", async () => {
    const desk = await openDesk();
    const text = await desk.findByLabelText("바른 제주말");
    const button = desk.getByRole("button", { name: "고치기" });
    expect(button.hasAttribute("disabled")).toBe(true);
    await user.clear(text);
    await user.type(text, "ᄒᆞᆫ저 옵서예.");
    await user.type(desk.getByLabelText(/어디 말/), "구좌읍");
    await user.click(button);
    expect(await desk.findByText("보내온 고침 (1)")).toBeTruthy();
    expect(desk.getAllByText("ᄒᆞᆫ저 옵서예.").length).toBeGreaterThan(0);
    await user.click(desk.getByText("고친 자취"));
    expect(await desk.findByRole("button", { name: "마지막 고침 되돌리기" })).toBeTruthy();
  });

  it("sends a recording only with consent", async () => {
    const desk = await openDesk();
    await user.click(await desk.findByText("내 목소리로"));
    const send = await desk.findByRole("button", { name: "이 목소리로 바꾸기" });
    await user.upload(desk.getByLabelText("소리 파일 고르기"), new File(["x"], "a.wav", { type: "audio/wav" }));
    expect(send.hasAttribute("disabled")).toBe(true);
    await user.click(desk.getByLabelText(/동의합니다$/));
    expect(send.hasAttribute("disabled")).toBe(false);
  });

  it("takes the keyboard, and gives it back when Escape closes it", async () => {
    await openDesk();
    const button = screen.getAllByRole("button", { name: "고치기" })[0]!;
    await waitFor(() => { expect(document.activeElement?.className).toBe("desk"); });
    await user.keyboard("{Escape}");
    expect(screen.queryByRole("complementary", { name: "이 문장" })).toBeNull();
    expect(document.activeElement).toBe(button);
  });

  it("shows below every chapter what waits for a decision, and leads to it", async () => {
    const desk = await openDesk();
    const text = await desk.findByLabelText("바른 제주말");
    await user.clear(text);
    await user.type(text, "ᄒᆞᆫ저 옵서예.");
    await user.click(desk.getByRole("button", { name: "고치기" }));
    expect(screen.queryByText(/살펴볼 고침/)).toBeNull();
    await user.click(await desk.findByText("보내온 고침 (1)"));
    await user.click(desk.getByRole("button", { name: "되돌리기" }));
    await user.click(await screen.findByText("살펴볼 고침 1가지"));
    await user.click(desk.getByRole("button", { name: "닫기" }));
    await user.click(screen.getByRole("button", { name: "1번째 문장" }));
    expect(await screen.findByRole("complementary", { name: "이 문장" })).toBeTruthy();
  });

  it("keeps bookmarks", async () => {
    const desk = await openDesk();
    await user.click(await desk.findByText("책갈피"));
    await user.click(desk.getByRole("button", { name: "책갈피 꽂기" }));
    expect(await desk.findByRole("button", { name: "1번째 문장" })).toBeTruthy();
    await user.click(desk.getByRole("button", { name: "책갈피 빼기" }));
    expect(await desk.findByRole("button", { name: "책갈피 꽂기" })).toBeTruthy();
  });

  it("is accessible", async () => {
    await openDesk();
    await screen.findByLabelText("바른 제주말");
    const { violations } = await axe.run(document.body, { rules: { "color-contrast": { enabled: false } } });
    expect(violations.map(({ id }) => id)).toEqual([]);
    cleanup();
  });
});

describe("sharing", () => {
  it("gives a link to whom the owner chooses", async () => {
    navigate("/");
    render(<App />);
    await user.click(await screen.findByRole("link", { name: "설문대할망" }));
    await screen.findByRole("button", { name: "고치기" });
    await user.click(await screen.findByText("함께 보기: 나만"));
    await user.click(await screen.findByLabelText(/링크를 가진 사람/));
    await user.click(within(screen.getByRole("dialog")).getByRole("button", { name: "저장하기" }));
    expect(((await screen.findByLabelText("링크")) as HTMLInputElement).value).toContain("/shared#");
  });
});

/** Open the words of all books, at one of its parts. */
async function openWords(part: string) {
  navigate("/words");
  render(<App />);
  return within(await screen.findByRole("region", { name: part }));
}

it("says how words are read in all books", async () => {
  const part = await openWords("읽는 법");
  await user.type(part.getByLabelText("낱말"), "한라산");
  await user.type(part.getByLabelText("읽는 소리"), "할라산");
  await user.click(part.getByRole("button", { name: "바뀔 곳 보기" }));
  await user.click(await part.findByRole("button", { name: "이렇게 읽기" }));
  expect(await part.findByText("한라산 → 할라산")).toBeTruthy();
});

it("says how words are translated in all books, shows first what changes, and takes it back", async () => {
  const part = await openWords("옮기는 말");
  await user.type(part.getByLabelText("한국말"), "바닷가");
  await user.type(part.getByLabelText("제주말"), "바당ᄀᆞᆺ");
  await user.click(part.getByRole("button", { name: "바뀔 곳 보기" }));
  expect(await part.findByText("1문장을 다시 옮기고 읽게 됩니다.")).toBeTruthy();
  expect(part.getByText("바닷가 보인다.")).toBeTruthy();
  await user.click(part.getByRole("button", { name: "이렇게 옮기기" }));
  expect(await part.findByText("바닷가 → 바당ᄀᆞᆺ")).toBeTruthy();
  expect((await axe.run(document.body, { rules: { "color-contrast": { enabled: false } } })).violations).toEqual([]);
  await user.click(part.getByRole("button", { name: "‘바닷가’ 빼기" }));
  await waitFor(() => { expect(part.queryByText("바닷가 → 바당ᄀᆞᆺ")).toBeNull(); });
});
