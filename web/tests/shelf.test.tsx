import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { App } from "@/app/App";
import { navigate } from "@/shared/router";
import { serve } from "./serve";

const user = userEvent.setup();

beforeEach(() => {
  serve();
});

async function draw(path: string) {
  navigate(path);
  const drawn = render(<App />);
  await screen.findByRole("heading", { level: 1 });
  return drawn;
}

/** Titles of the shelf, in order. */
const titles = () => screen.getAllByRole("heading", { level: 2 }).map(({ textContent }) => textContent);

describe("the library", () => {
  it("orders books, shows some of them, and says how to see all again", async () => {
    await draw("/");
    await screen.findByText("설문대할망");
    await user.selectOptions(screen.getByLabelText("차례"), "제목 순");
    await waitFor(() => { expect(titles()[0]).toBe("귤꽃 필 무렵"); });
    await user.selectOptions(await screen.findByLabelText("꼬리표", { selector: "select" }), "민담");
    await waitFor(() => { expect(titles()).toEqual(["설문대할망"]); });
    await user.selectOptions(screen.getByLabelText("글의 말"), "제주어");
    expect(await screen.findByText("고른 것에 맞는 책이 없습니다.")).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "모두 보기" }));
    await waitFor(() => { expect(titles().length).toBe(6); });
  });

  it("says how long books are, what they are about, and how much of them was heard", async () => {
    const library = serve();
    library.handle("PUT", "/api/books/6/position/", { segment: 6005, audio_ms: 0, client_time: "2026-01-01T00:00:00Z", based_on: 0 });
    await draw("/");
    const card = (await screen.findByRole("link", { name: "설문대할망" })).closest("li")!;
    expect(within(card).getByText(/^\d+% 들음$/)).toBeTruthy();
    expect(within(card).getByText("민담")).toBeTruthy();
    expect(within(card).getByText(/^(약 \d+분|\d+초)$/)).toBeTruthy();
    expect((await axe.run(document.body, { rules: { "color-contrast": { enabled: false } } })).violations).toEqual([]);
  });

  it("goes on with the book that was heard last at one press", async () => {
    const library = serve();
    library.handle("PUT", "/api/books/6/position/", { segment: 6002, audio_ms: 0, client_time: "2026-01-01T00:00:00Z", based_on: 0 });
    await draw("/");
    const begun = await screen.findByRole("region", { name: "이어 듣기" });
    await user.click(within(begun).getByRole("button", { name: /설문대할망/ }));
    expect(await screen.findByRole("button", { name: "멈추기" })).toBeTruthy();
    await waitFor(() => { expect(document.querySelector('[data-segment="2"][data-current]')).toBeTruthy(); });
  });
});

describe("a book that is being read", () => {
  it("is heard on while one walks around, and is gone back to where it is", async () => {
    await draw("/books/6");
    await waitFor(() => { expect(document.querySelector('[data-segment="0"][data-made]')).toBeTruthy(); });
    const halted = vi.spyOn(HTMLMediaElement.prototype, "pause");
    await user.keyboard(" {ArrowRight}");
    halted.mockClear();
    await user.click(screen.getByRole("link", { name: "서재로" }));
    const small = await screen.findByRole("complementary", { name: "듣고 있는 책" });
    expect(halted).not.toHaveBeenCalled();
    expect(document.title).toContain("서재");
    await user.keyboard(" ");
    await user.click(screen.getByRole("link", { name: "새 책 짓기" }));
    expect(within(small).getByRole("button", { name: "멈추기" })).toBeTruthy();
    await user.click(within(small).getByRole("link", { name: "‘설문대할망’ 책으로 돌아가기" }));
    await waitFor(() => { expect(document.querySelector('[data-segment="1"][data-current]')).toBeTruthy(); });
    expect(screen.getByRole("button", { name: "멈추기" })).toBeTruthy();
    expect(screen.queryByRole("complementary", { name: "듣고 있는 책" })).toBeNull();
  });

  it("is silent when its small player is closed, and does not stay when it was paused", async () => {
    await draw("/books/6");
    await waitFor(() => { expect(document.querySelector('[data-segment="0"][data-made]')).toBeTruthy(); });
    await user.click(screen.getByRole("link", { name: "서재로" }));
    await screen.findByText("ᄃᆞᆯ광 벨");
    expect(screen.queryByRole("complementary", { name: "듣고 있는 책" })).toBeNull();
    await user.click(screen.getByRole("link", { name: "설문대할망" }));
    await user.click(await screen.findByRole("button", { name: "듣기" }));
    await user.click(screen.getByRole("link", { name: "서재로" }));
    const halted = vi.spyOn(HTMLMediaElement.prototype, "pause");
    await user.click(await screen.findByRole("button", { name: "그만 듣기" }));
    expect(halted).toHaveBeenCalled();
    expect(screen.queryByRole("complementary", { name: "듣고 있는 책" })).toBeNull();
  });
});

it("shares a book from its toolbar, and says what others will see", async () => {
  await draw("/books/6");
  await user.click(await screen.findByRole("button", { name: "함께 보기" }));
  const dialog = within(screen.getByRole("dialog", { name: "함께 보기" }));
  await user.click(await dialog.findByLabelText(/링크를 가진 사람/));
  expect(dialog.getByText(/다른 사람에게는 제목과 지은이/)).toBeTruthy();
  await user.click(dialog.getByRole("button", { name: "저장하기" }));
  expect(await dialog.findByLabelText("링크")).toBeTruthy();
});
