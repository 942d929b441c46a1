import { cleanup, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { beforeEach, describe, expect, it } from "vitest";
import { App } from "@/app/App";
import { isOutside, nextOf } from "@/features/account/next";
import { navigate } from "@/shared/router";
import type { MockLibrary } from "../dev/mock/library";
import { serve } from "./serve";

const user = userEvent.setup();
let library: MockLibrary;

const draw = async (path: string) => {
  navigate(path);
  const drawn = render(<App />);
  await screen.findByRole("heading", { level: 1 });
  return drawn;
};
const title = async (text: string | RegExp) => screen.findByRole("heading", { level: 1, name: text });
const part = (name: string) => within(screen.getByRole("heading", { level: 2, name }).closest("section")!);

beforeEach(() => {
  library = serve();
  library.accounts.turnOn();
  library.accounts.add("할망", "물마루-너머-이어도", "admin");
  library.accounts.add("삼춘", "바당에-너울이-인다");
});

describe("the log-in", () => {
  it("stands where a stranger wanted to go, and then lets in there", async () => {
    await draw("/new");
    await title("로그인");
    await user.type(screen.getByLabelText("이름"), "삼춘");
    await user.type(screen.getByLabelText("비밀번호"), "바당에-너울이-인다{Enter}");
    await title("새 책 짓기");
    expect(window.location.pathname).toBe("/new");
  });

  it("says the same of an unknown name and a wrong password", async () => {
    await draw("/");
    const told = [];
    for (const name of ["삼춘", "도깨비"]) {
      await user.clear(screen.getByLabelText("이름"));
      await user.type(screen.getByLabelText("이름"), name);
      await user.type(screen.getByLabelText("비밀번호"), "x{Enter}");
      told.push((await screen.findByRole("alert")).textContent);
    }
    expect(told[0]).toBe("이름이나 비밀번호가 맞지 않습니다. 다시 적어 주세요.");
    expect(told[1]).toBe(told[0]);
  });

  it("comes back when the session ended meanwhile", async () => {
    library.accounts.enter("삼춘");
    await draw("/");
    await title("서재");
    library.accounts.turnOn();
    await user.type(screen.getByRole("searchbox"), "오름");
    await title("로그인");
  });

  it("goes on to addresses of this site only", () => {
    const to = (next: string) => nextOf(`?next=${encodeURIComponent(next)}`);
    expect(to("/books/3?a=1#b")).toBe("/books/3?a=1#b");
    for (const evil of ["https://evil.example/", "//evil.example", "/\\evil.example", "/\t/evil.example", "javascript:alert(1)", "http://["]) {
      expect(to(evil)).toBe("/");
    }
    expect(nextOf("")).toBe("/");
    expect([isOutside("/admin/"), isOutside("/administer"), isOutside("/")]).toEqual([true, false, false]);
  });
});

describe("registering", () => {
  it("asks for the PIN when somebody comes with the link of an invitation", async () => {
    await draw("/register#code-of-the-link");
    await user.type(screen.getByLabelText("PIN"), "000000");
    await user.type(screen.getByLabelText("이름"), "손지");
    await user.type(screen.getByLabelText("비밀번호"), "돌담 위에 앉은 새가{Enter}");
    expect((await screen.findByRole("alert")).textContent).toContain("PIN이 맞지 않습니다");
    await user.clear(screen.getByLabelText("PIN"));
    await user.type(screen.getByLabelText("PIN"), "471100{Enter}");
    await title("서재");
    expect(screen.queryByRole("link", { name: "새 책 짓기" })).toBeNull();
  });

  it("is not offered to everybody unless it is open", async () => {
    await draw("/register");
    expect(await screen.findByText(/초대 없이 가입할 수 없습니다/)).toBeTruthy();
    cleanup();
    library.accounts.turnOn("open");
    await draw("/login");
    await user.click(await screen.findByRole("link", { name: "가입하기" }));
    await user.type(screen.getByLabelText("이름"), "손지");
    await user.type(screen.getByLabelText("비밀번호"), "short{Enter}");
    expect((await screen.findByRole("alert")).textContent).toContain("너무 짧습니다");
  });
});

describe("a forgotten password", () => {
  it("asks for a letter and says nothing of who is known", async () => {
    await draw("/reset");
    await user.type(screen.getByLabelText("메일 주소"), "a@jeju.example{Enter}");
    expect((await screen.findByRole("status")).textContent).toContain("가입한 분이 있다면");
  });

  it("is chosen anew from the link of the letter", async () => {
    await draw("/reset#good");
    await user.type(screen.getByLabelText("새 비밀번호"), "돌담 위에 앉은 새가{Enter}");
    await title("비밀번호를 새로 정했습니다");
  });
});

describe("the account", () => {
  it("says on a machine of one's own that nobody logs in", async () => {
    library = serve();
    await draw("/");
    await user.click(screen.getByRole("link", { name: "계정" }));
    await title("계정");
    expect(screen.getByText(/로그인이 없습니다/)).toBeTruthy();
    expect(screen.queryByRole("button", { name: "로그아웃" })).toBeNull();
  });

  it("changes the password with the old one", async () => {
    library.accounts.enter("삼춘");
    await draw("/account");
    const form = part("비밀번호 바꾸기");
    await user.type(form.getByLabelText("지금 비밀번호"), "x");
    await user.type(form.getByLabelText("새 비밀번호"), "돌담 위에 앉은 새가{Enter}");
    expect((await form.findByRole("alert")).textContent).toContain("지금 비밀번호가 맞지 않습니다");
    await user.clear(form.getByLabelText("지금 비밀번호"));
    await user.type(form.getByLabelText("지금 비밀번호"), "바당에-너울이-인다{Enter}");
    await waitFor(() => { expect(form.getByRole("status").textContent).toContain("바꾸었습니다"); });
  });

  it("shows a new token once, and revokes it", async () => {
    library.accounts.enter("삼춘");
    await draw("/account");
    const tokens = part("프로그램용 토큰");
    await user.type(tokens.getByLabelText("무엇에 쓰나요?"), "녹음기{Enter}");
    expect((await tokens.findByLabelText<HTMLInputElement>("녹음기")).value).toMatch(/^kosorong_/);
    await user.click(tokens.getByRole("button", { name: "‘녹음기’ 토큰 거두기" }));
    await waitFor(() => { expect(tokens.queryByText("녹음기")).toBeNull(); });
  });

  it("is deleted with the password and a second yes", async () => {
    library.accounts.enter("삼춘");
    await draw("/account");
    const form = part("계정 지우기");
    await user.type(form.getByLabelText("지금 비밀번호"), "바당에-너울이-인다{Enter}");
    await user.click(within(screen.getByRole("dialog")).getByRole("button", { name: "모두 지우고 떠나기" }));
    await title("로그인");
    expect(library.handle("POST", "/api/accounts/login/", { name: "삼춘", password: "바당에-너울이-인다" }).status).toBe(401);
  });

  it("is left by the button", async () => {
    library.accounts.enter("삼춘");
    await draw("/account");
    await user.click(screen.getByRole("button", { name: "로그아웃" }));
    await title("로그인");
  });
});

describe("people", () => {
  it("are for admins only", async () => {
    library.accounts.enter("삼춘");
    await draw("/people");
    await title("이런 쪽은 없습니다.");
  });

  it("get another role, but the last admin does not", async () => {
    library.accounts.enter("할망");
    await draw("/people");
    await user.selectOptions(await screen.findByLabelText("삼춘 님이 할 수 있는 일"), "corrector");
    await waitFor(() => {
      expect(screen.getByLabelText<HTMLSelectElement>("삼춘 님이 할 수 있는 일").value).toBe("corrector");
    });
    await user.selectOptions(screen.getByLabelText("할망 님이 할 수 있는 일"), "maker");
    expect((await screen.findByRole("alert")).textContent).toContain("마지막 관리자");
  });

  it("are invited with a link, a QR code and a PIN, and uninvited", async () => {
    library.accounts.enter("할망");
    await draw("/people");
    await user.type(screen.getByLabelText(/누구를 초대하나요/), "손지");
    await user.selectOptions(screen.getByLabelText("무엇을 하게 되나요?"), "listener");
    await user.click(screen.getByRole("button", { name: "초대 만들기" }));
    expect((await screen.findByLabelText<HTMLInputElement>("초대 링크")).value).toContain("/register#");
    expect(screen.getByText("471100")).toBeTruthy();
    expect(screen.getByAltText<HTMLImageElement>("초대 링크의 QR 코드").src).toMatch(/^data:image\/svg/);
    await user.click(await screen.findByRole("button", { name: "‘손지’ 초대 거두기" }));
    await waitFor(() => { expect(screen.queryByText("471100")).toBeNull(); });
  });
});

describe("accessibility", () => {
  it.each(["/login", "/register#code-of-the-link", "/reset", "/reset#good", "/account", "/people"])(
    "finds nothing wrong on %s",
    async (path) => {
      if (/account|people/.test(path)) library.accounts.enter("할망");
      const { container } = await draw(path);
      await waitFor(() => { expect(container.querySelector("form")).toBeTruthy(); });
      if (path === "/people") await user.click(screen.getByRole("button", { name: "초대 만들기" }));
      // Colours need a browser that draws.
      const { violations } = await axe.run(document.body, { rules: { "color-contrast": { enabled: false } } });
      expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
    },
  );
});
