import { act, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { Suspense } from "react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { later } from "@/shared/pages";
import { Boundary } from "./Boundary";

const there = () => Promise.resolve(() => <h1>책</h1>);
const away = () => Promise.reject(new TypeError("Failed to fetch dynamically imported module"));

const draw = (load: () => Promise<() => React.JSX.Element>) => {
  const Page = later(load);
  return act(() =>
    Promise.resolve(
      render(
        <Boundary path="/books/1">
          <Suspense fallback={null}>
            <Page />
          </Suspense>
        </Boundary>,
      ),
    ),
  );
};

beforeEach(() => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("Failed to fetch")));
});

describe("a page whose file did not come", () => {
  it("says so and comes when it is asked for again", async () => {
    const load = vi.fn(there).mockImplementationOnce(away);
    await draw(load);
    expect((await screen.findByRole("alert")).textContent).toContain("저절로 이어집니다");
    await act(() => userEvent.click(screen.getByRole("button", { name: "다시 해 보기" })));
    expect(await screen.findByRole("heading", { name: "책" })).toBeTruthy();
    expect(load).toHaveBeenCalledTimes(2);
  });

  it("comes by itself when the network is back", async () => {
    await draw(vi.fn(there).mockImplementationOnce(away));
    await screen.findByRole("alert");
    vi.stubGlobal("fetch", () => Promise.resolve(new Response("<!doctype html>")));
    window.dispatchEvent(new Event("online"));
    expect(await screen.findByRole("heading", { name: "책" })).toBeTruthy();
  });
});

it("keeps what broke inside, and draws another page afresh", async () => {
  const broken = () => {
    throw new RangeError("x");
  };
  const Broken = broken as () => React.JSX.Element;
  const { rerender } = render(<Boundary path="/a"><Broken /></Boundary>);
  expect(screen.getByRole("alert").textContent).toContain("뜻밖의 문제");
  rerender(<Boundary path="/b"><h1>서재</h1></Boundary>);
  expect(await screen.findByRole("heading", { name: "서재" })).toBeTruthy();
});
