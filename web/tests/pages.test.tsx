import { cleanup, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { App } from "@/app/App";
import { navigate } from "@/shared/router";
import { serve } from "./serve";

const draw = async (path: string) => {
  navigate(path);
  const drawn = render(<App />);
  await screen.findByRole("heading", { level: 1 });
  return drawn;
};
const user = userEvent.setup();

beforeEach(() => {
  serve();
});

describe("the library", () => {
  it("shows title, author, status and progress of each book", async () => {
    await draw("/");
    const card = (await screen.findByText("ᄇᆞ름 부는 날의 편지")).closest("li")!;
    expect(within(card).getByText("고은실")).toBeTruthy();
    expect(within(card).getByText("짓는 중")).toBeTruthy();
    expect(within(card).getByRole("progressbar").getAttribute("aria-valuenow")).toBe("5");
  });

  it("finds books", async () => {
    await draw("/");
    await user.type(screen.getByRole("searchbox"), "오름");
    await waitFor(() => { expect(screen.getAllByRole("listitem")).toHaveLength(1); });
    await user.type(screen.getByRole("searchbox"), "없는 책");
    expect(await screen.findByText(/서재에 없습니다/)).toBeTruthy();
  });

  it("asks before it deletes, and then the book is gone", async () => {
    await draw("/");
    await user.click(await screen.findByRole("button", { name: "‘설문대할망’ 지우기" }));
    await user.click(screen.getByRole("button", { name: "그대로 두기" }));
    expect(screen.getByText("설문대할망")).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "‘설문대할망’ 지우기" }));
    await user.click(within(screen.getByRole("dialog")).getByRole("button", { name: "지우기" }));
    await waitFor(() => { expect(screen.queryByText("설문대할망")).toBeNull(); });
  });

  it("says what to do when the service does not answer", async () => {
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("Failed to fetch")));
    await draw("/");
    expect((await screen.findByRole("alert")).textContent).toMatch(/코소롱이 켜져 있는지/);
    serve();
    await user.click(screen.getByRole("button", { name: "다시 해 보기" }));
    expect(await screen.findByText("설문대할망")).toBeTruthy();
  });

  it("speaks English when asked", async () => {
    await draw("/");
    await user.click(screen.getByRole("button", { name: "Read this page in English" }));
    expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("Library");
    expect(document.documentElement.lang).toBe("en");
  });
});

describe("settings", () => {
  it("come with whoever is here, from their other devices; large letters stay with theirs", async () => {
    const library = serve();
    library.handle("PATCH", "/api/settings/", { theme: "dark", size: 4, speed: 1.3 });
    await draw("/");
    await waitFor(() => { expect(document.documentElement.style.colorScheme).toBe("dark"); });
    await user.click(await screen.findByRole("link", { name: "설문대할망" }));
    expect(await screen.findByRole("button", { name: "듣는 법 1.3×" })).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "보는 법" }));
    expect(screen.getByRole("button", { name: "글자 크게" }).hasAttribute("disabled")).toBe(false);
    await user.click(screen.getByRole("button", { name: "글자 크게" }));
    expect(localStorage.getItem("kosorong.size")).toBe("3");
    expect(library.handle("GET", "/api/settings/", null).body).toMatchObject({ size: 4 });
  });

  it("are told to the service, later where it does not answer", async () => {
    const library = serve();
    await draw("/");
    await screen.findByText("설문대할망");
    const answering = globalThis.fetch;
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("Failed to fetch")));
    await user.click(screen.getByRole("button", { name: "Read this page in English" }));
    vi.stubGlobal("fetch", answering);
    expect(library.handle("GET", "/api/settings/", null).body).toEqual({});
    await user.click(screen.getByRole("button", { name: /Press to change/ }));
    await waitFor(() => {
      expect(library.handle("GET", "/api/settings/", null).body).toEqual({ tongue: "en", theme: "light" });
    });
    expect(localStorage.getItem("kosorong.unsent")).toBeNull();
  });
});

describe("the form for a new book", () => {
  it("makes a book of a pasted text and opens it", async () => {
    serve(undefined, () => 0);
    await draw("/new");
    await user.click(screen.getByLabelText("글"));
    await user.paste("산에 올랐다. 바다가 보였다.");
    await user.click(screen.getByRole("button", { name: "책 짓기" }));
    await waitFor(() => { expect(window.location.pathname).toMatch(/^\/books\/\d+$/); });
    expect((await screen.findByRole("heading", { level: 1 })).textContent).toContain("산에 올랐다");
    expect(screen.getByRole("progressbar")).toBeTruthy();
    expect(screen.getByText(/2문장 가운데 0문장/)).toBeTruthy();
  });

  it("asks for a text when there is none", async () => {
    await draw("/new");
    await user.click(screen.getByRole("button", { name: "책 짓기" }));
    expect(screen.getByRole("alert").textContent).toContain("읽을 글이 없습니다");
  });

  it("refuses a file that no reader takes, and takes one that is", async () => {
    await draw("/new");
    const input = screen.getByTestId("file");
    const anyFile = userEvent.setup({ applyAccept: false });
    await anyFile.upload(input, new File(["x"], "책.hwp"));
    expect(screen.getByRole("alert").textContent).toContain("책.hwp");
    await anyFile.upload(input, new File(["글"], "책.txt"));
    expect(screen.queryByRole("alert")).toBeNull();
    expect(screen.getByText("책.txt")).toBeTruthy();
  });

  it("says that a text is taken for Jeju, and takes it for Korean where somebody knows better", async () => {
    await draw("/new");
    await user.click(screen.getByLabelText("글"));
    await user.paste("ᄒᆞᆫ저 옵서예. 이레 왕 ᄒᆞᄊᆞᆯ 쉬엉 갑서.");
    expect(await screen.findByText("제주말 글로 보입니다.")).toBeTruthy();
    expect(screen.getByRole("checkbox", { name: /내 녹음으로 짓기/ })).toBeTruthy();
    expect(screen.queryByRole("radio", { name: /아래아/ })).toBeNull();
    await user.click(screen.getByRole("button", { name: "한국어 글로 읽기" }));
    expect(screen.getByRole<HTMLInputElement>("radio", { name: /한국어 글/ }).checked).toBe(true);
    expect(await screen.findByText("제주말로 옮겨 읽습니다.", { exact: false })).toBeTruthy();
  });

  it("keeps the draft over a reload", async () => {
    await draw("/new");
    await user.type(screen.getByLabelText("제목"), "긴 밤");
    await waitFor(() => { expect(localStorage.getItem("kosorong.draft")).toContain("긴 밤"); });
    cleanup();
    await draw("/new");
    expect(screen.getByLabelText<HTMLInputElement>("제목").value).toBe("긴 밤");
  });

  it("sends author, strength and pace with a book", async () => {
    const library = serve();
    const sent = vi.spyOn(library, "handle");
    await draw("/new");
    await user.click(screen.getByLabelText("글"));
    await user.paste("한 문장.");
    await user.click(screen.getByText("더 고르기"));
    await user.type(screen.getByLabelText("지은이"), "고은실");
    await user.selectOptions(screen.getByLabelText("제주말의 세기"), "한국어 그대로");
    await screen.findByText("한국어 글입니다.");
    await user.click(screen.getByRole("button", { name: "책 짓기" }));
    await waitFor(() => {
      const made = sent.mock.calls.find(([method, address]) => method === "POST" && address === "/api/books/");
      expect(made?.[2]).toMatchObject({ author: "고은실", strength: 0, speed: 1 });
    });
  });

  it("shows what the service says was wrong", async () => {
    await draw("/new");
    await user.click(screen.getByLabelText("글"));
    await user.paste("한 문장.");
    await screen.findByText("한국어 글입니다.");
    const body = { message: "The disk is full.", extra: { cure: "Make room on it." } };
    vi.stubGlobal("fetch", () => Promise.resolve(new Response(JSON.stringify(body), { status: 507 })));
    await user.click(screen.getByRole("button", { name: "책 짓기" }));
    const alert = await screen.findByRole("alert");
    expect(alert.textContent).toMatch(/저장 공간이 가득.*The disk is full.*Make room on it/);
    expect(screen.getByLabelText<HTMLTextAreaElement>("글").value).toBe("한 문장.");
  });
});

describe("the reading room", () => {
  it("shows Jeju with Korean beside, and hides the Korean on demand", async () => {
    await draw("/books/6");
    expect(await screen.findByText(/그듸/)).toBeTruthy();
    expect(screen.getByText(/하늘과 물이 맞닿은/)).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "한국어 함께 보기" }));
    expect(screen.queryByText(/하늘과 물이 맞닿은/)).toBeNull();
  });

  it("plays and pauses with the space bar and steps with the arrows", async () => {
    const { container } = await draw("/books/6");
    await screen.findByText(/그듸/);
    await user.keyboard(" ");
    expect(screen.getByRole("button", { name: "멈추기" })).toBeTruthy();
    await user.keyboard("{ArrowRight}");
    expect(container.querySelector(".jeju [data-current]")?.textContent).toContain("그듸");
    await user.keyboard(" ");
    expect(screen.getByRole("button", { name: "듣기" })).toBeTruthy();
  });

  it("turns to a chapter from the contents", async () => {
    await draw("/books/6");
    await screen.findByText(/그듸/);
    await user.click(screen.getByRole("button", { name: "차례" }));
    await user.click(screen.getByRole("button", { name: /^물장오리/ }));
    expect(await screen.findByText(/들엇수다/)).toBeTruthy();
    expect(screen.queryByText(/그듸/)).toBeNull();
  });

  it("opens at the place where the listener stopped", async () => {
    await draw("/books/6");
    await screen.findByText(/그듸/);
    await user.keyboard("{ArrowRight}{ArrowRight}");
    await waitFor(() => { expect(localStorage.getItem("kosorong.place.6")).toContain("6002"); });
    cleanup();
    const { container } = await draw("/books/6");
    await waitFor(() => {
      expect(container.querySelector("[data-current]")?.getAttribute("data-segment")).toBe("2");
    });
  });

  it("offers a newer place of another device", async () => {
    const library = serve();
    const early = "2026-01-01T00:00:00Z";
    await draw("/books/6");
    await screen.findByText(/그듸/);
    library.handle("PUT", "/api/books/6/position/", { segment: 6004, audio_ms: 0, client_time: early, based_on: 0 });
    await user.keyboard("{ArrowRight}");
    await user.click(await screen.findByRole("button", { name: "그곳으로 가기" }));
    expect(document.querySelector("[data-current]")?.getAttribute("data-segment")).toBe("4");
  });

  it("looks for another device's place when it comes to the front, and writes none over unasked", async () => {
    const library = serve();
    const stored = () => (library.handle("GET", "/api/books/6/position/", null).body as { segment: number }).segment;
    await draw("/books/6");
    await screen.findByText(/그듸/);
    const there = { segment: 6004, audio_ms: 0, client_time: "2026-01-01T00:00:00Z", based_on: 0 };
    library.handle("PUT", "/api/books/6/position/", there);
    document.dispatchEvent(new Event("visibilitychange"));
    expect(await screen.findByText(/다른 기기에서 들은 곳/)).toBeTruthy();
    await user.keyboard("{ArrowRight}");
    expect(stored()).toBe(6004);
    await user.click(screen.getByRole("button", { name: "여기서 듣기" }));
    await waitFor(() => { expect(stored()).toBe(6001); });
  });

  it("writes no place merely because it was opened", async () => {
    const library = serve();
    await draw("/books/6");
    await screen.findByText(/그듸/);
    expect(library.handle("GET", "/api/books/6/position/", null).status).toBe(404);
  });

  it("waits with a word for what is not made yet, and can go on with the making", async () => {
    await draw("/books/3");
    await screen.findByText(/그듸/);
    expect(screen.getByText("잠시 멈춤")).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "차례" }));
    await user.click(screen.getByRole("button", { name: /^물장오리/ }));
    await user.keyboard(" ");
    expect(await screen.findByText(/아직 없습니다/)).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "이어 짓기" }));
    expect(await screen.findByText("짓는 중")).toBeTruthy();
    expect(screen.getByText(/되는 대로 이어서/)).toBeTruthy();
  });

  it("hears of sentences as they are made, however fast they come", async () => {
    let now = 0;
    serve(undefined, () => now);
    const { container } = await draw("/books/5");
    await screen.findByText(/그듸/);
    const made = () => container.querySelectorAll("[data-made]").length;
    const before = made();
    now += 1500;
    await waitFor(() => { expect(made()).toBe(before + 1); }, { timeout: 4000 });
  });

  it("says so when the book is not there", async () => {
    await draw("/books/999");
    expect((await screen.findByRole("alert")).textContent).toContain("서재에 없습니다");
  });
});

describe("accessibility", () => {
  it.each(["/", "/new", "/books/6", "/books/5"])("finds nothing wrong on %s", async (path) => {
    const { container } = await draw(path);
    await waitFor(() => { expect(container.querySelector(".card, form, .jeju .sentence")).toBeTruthy(); });
    // Colours need a browser that draws: the end-to-end tests look at them.
    const { violations } = await axe.run(document.body, { rules: { "color-contrast": { enabled: false } } });
    expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
  });
});
