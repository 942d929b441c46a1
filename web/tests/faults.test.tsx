import { cleanup, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { App } from "@/app/App";
import { navigate } from "@/shared/router";
import { serve } from "./serve";

const user = userEvent.setup();

beforeEach(() => {
  serve();
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

/** Open a finished book and wait for its sentences. */
async function openBook() {
  navigate("/books/6");
  const drawn = render(<App />);
  await waitFor(() => { expect(document.querySelector('[data-segment="0"][data-made]')).toBeTruthy(); });
  return drawn;
}

async function openDesk() {
  await user.click(screen.getByRole("button", { name: "고치기" }));
  return within(await screen.findByRole("complementary", { name: "이 문장" }));
}

describe("a correction that is being typed", () => {
  it("is there again after the desk was closed, and after a reload", async () => {
    await openBook();
    let desk = await openDesk();
    await user.type(await desk.findByLabelText("바른 제주말"), " 게메");
    await user.keyboard("{Escape}");
    desk = await openDesk();
    expect((await desk.findByLabelText<HTMLTextAreaElement>("바른 제주말")).value).toMatch(/게메$/);
    cleanup();
    await openBook();
    desk = await openDesk();
    expect((await desk.findByLabelText<HTMLTextAreaElement>("바른 제주말")).value).toMatch(/게메$/);
  });

  it("belongs to its sentence, and is forgotten once it is sent", async () => {
    await openBook();
    let desk = await openDesk();
    await user.type(await desk.findByLabelText("바른 제주말"), " 게메");
    await user.keyboard("{Escape}{ArrowRight}");
    desk = await openDesk();
    expect((await desk.findByLabelText<HTMLTextAreaElement>("바른 제주말")).value).not.toMatch(/게메$/);
    await user.keyboard("{Escape}{ArrowLeft}");
    desk = await openDesk();
    await desk.findByLabelText("바른 제주말");
    await user.click(desk.getByRole("button", { name: "고치기" }));
    await desk.findByText("보내온 고침 (1)");
    expect(Object.keys(localStorage).filter((key) => key.includes("typed."))).toEqual([]);
  });
});

describe("a sound that does not come", () => {
  it("is told, and goes on by itself when the network is back", async () => {
    const play = vi.spyOn(HTMLMediaElement.prototype, "play").mockRejectedValue(new TypeError("offline"));
    await openBook();
    await user.keyboard(" ");
    expect(await screen.findByText(/소리를 받지 못했습니다/)).toBeTruthy();
    play.mockResolvedValue();
    window.dispatchEvent(new Event("online"));
    await waitFor(() => { expect(screen.queryByText(/소리를 받지 못했습니다/)).toBeNull(); });
    expect(screen.getByRole("button", { name: "멈추기" })).toBeTruthy();
  });
});

describe("sentences by keyboard", () => {
  it("are reached by Tab and the arrows, and read by Enter", async () => {
    const { container } = await openBook();
    const first = container.querySelector<HTMLElement>('[data-segment="0"]')!;
    expect(first.tabIndex).toBe(0);
    first.focus();
    await user.keyboard("{ArrowDown}{ArrowDown}");
    expect(document.activeElement?.getAttribute("data-segment")).toBe("2");
    await user.keyboard("{Enter}");
    expect(container.querySelector(".jeju [data-current]")?.getAttribute("data-segment")).toBe("2");
    expect(screen.getByRole("button", { name: "멈추기" })).toBeTruthy();
  });
});

describe("the lock screen", () => {
  it("is told the book, where it stands and what may be pressed", async () => {
    const acts = new Map<string, (detail: object) => void>();
    const session = {
      metadata: null as { title: string; artist: string } | null,
      playbackState: "none",
      setActionHandler: (action: string, act: (detail: object) => void) => { acts.set(action, act); },
      setPositionState: vi.fn(),
    };
    vi.stubGlobal("MediaMetadata", function MediaMetadata(this: object, told: object) { Object.assign(this, told); });
    Object.defineProperty(navigator, "mediaSession", { value: session, configurable: true });
    const { container } = await openBook();
    expect(session.metadata?.artist).toBe("코소롱");
    expect([...acts.keys()].sort()).toEqual(
      ["nexttrack", "pause", "play", "previoustrack", "seekbackward", "seekforward", "seekto"],
    );
    acts.get("play")?.({});
    await waitFor(() => { expect(session.playbackState).toBe("playing"); });
    acts.get("nexttrack")?.({});
    await waitFor(() => { expect(container.querySelector('[data-segment="1"][data-current]')).toBeTruthy(); });
    const { position, duration } = session.setPositionState.mock.lastCall?.[0] as Record<string, number>;
    expect(position).toBeGreaterThan(0);
    expect(duration).toBeGreaterThan(position!);
    Reflect.deleteProperty(navigator, "mediaSession");
  });
});

describe("tabs of one browser", () => {
  it("are silent when another begins to play, and read again what another changed", async () => {
    await openBook();
    await user.keyboard(" ");
    const other = new BroadcastChannel("kosorong");
    other.postMessage({ playing: "another tab" });
    expect(await screen.findByRole("button", { name: "듣기" })).toBeTruthy();
    const asked = vi.spyOn(globalThis, "fetch");
    other.postMessage({ changed: 6 });
    await waitFor(() => {
      expect(asked.mock.calls.some(([address]) => String(address).includes("/api/books/6/segments/?start="))).toBe(true);
    });
    other.close();
  });
});

describe("the desk after a bookmark", () => {
  it("keeps the keyboard, and Escape closes it", async () => {
    await openBook();
    const desk = await openDesk();
    await user.click(await desk.findByText("책갈피"));
    await user.click(desk.getByRole("button", { name: "책갈피 꽂기" }));
    const back = await desk.findByRole("button", { name: "책갈피 빼기" });
    expect(document.activeElement).toBe(back);
    await user.keyboard("{Escape}");
    expect(screen.queryByRole("complementary", { name: "이 문장" })).toBeNull();
  });
});
