"""People in a real browser: the first admin, an invitation, a letter, the admin site."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import WEB, Library, accounts, look, shot
from playwright.sync_api import Browser, Page, expect

from local_servers import mail_server

pytestmark = pytest.mark.slow

ADMIN = "물마루-너머-이어도"
GUEST = "돌담 위에 앉은 새가"
OTHER = "바당에 너울이 인다"


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Serve a library with accounts and one admin; letters go to the worker's log."""
    if not (WEB / "dist" / "index.html").is_file():
        pytest.skip("the page is not built: make page")
    with accounts(tmp_path_factory.mktemp("shared"), ADMIN, ["worker"]) as found:
        yield found


def tab(browser: Browser, library: Library, said: list[str], width: int = 390) -> Page:
    """Open a tab of somebody new; what the console complains of is noted, but for a 401."""
    context = browser.new_context(
        viewport={"width": width, "height": 844}, base_url=library.address, locale="ko-KR"
    )
    context.set_default_timeout(20_000)
    page = context.new_page()
    loud = {"error", "warning"}
    page.on(
        "console",
        lambda m: said.append(f"{m.text} {m.location['url']}") if m.type in loud else None,
    )
    page.on("pageerror", lambda error: said.append(str(error)))
    return page


def complaints(said: list[str]) -> list[str]:
    """Return what was said but for answers that the page asked for knowing that they may come."""
    return [line for line in said if "status of 401" not in line and "status of 400" not in line]


def log_in(page: Page, name: str, password: str) -> None:
    page.get_by_label("이름").fill(name)
    page.get_by_label("비밀번호").fill(password)
    page.get_by_role("button", name="로그인").click()


def test_an_invited_person_comes_in_forgets_the_password_and_leaves(
    browser: Browser, shared: Library, said: list[str]
) -> None:
    admin = tab(browser, shared, said)
    admin.goto("/people")
    look(admin)
    shot(admin, "login")
    log_in(admin, "할망", ADMIN)
    admin.get_by_label(re.compile("누구를 초대하나요")).fill("삼춘")
    admin.get_by_role("button", name="초대 만들기").click()
    link = admin.get_by_label("초대 링크").input_value()
    pin = admin.locator(".pin").inner_text()
    drawn = "() => document.querySelector('.qr')?.naturalWidth > 0"
    admin.wait_for_function(drawn)
    look(admin)
    shot(admin, "people")

    guest = tab(browser, shared, said)
    guest.goto(link)
    look(guest)
    shot(guest, "register")
    guest.get_by_label("PIN").fill(pin)
    guest.get_by_label("이름").fill("삼춘")
    guest.get_by_label("비밀번호").fill(GUEST)
    guest.get_by_label(re.compile("메일 주소")).fill("samchun@jeju.example")
    guest.get_by_role("button", name="가입하기").click()
    expect(guest.get_by_role("heading", name="서재")).to_be_visible()
    guest.get_by_role("link", name="계정").click()
    expect(guest.get_by_role("heading", name="삼춘")).to_be_visible()
    look(guest)
    shot(guest, "account")
    guest.get_by_role("button", name="로그아웃").click()
    expect(guest.get_by_role("heading", name="로그인")).to_be_visible()

    guest.get_by_role("link", name=re.compile("잊으셨나요")).click()
    guest.get_by_label("메일 주소").fill("samchun@jeju.example")
    guest.get_by_role("button", name="링크 받기").click()
    expect(guest.get_by_text(re.compile("곧 편지가 갑니다"))).to_be_visible()
    letter = shared.wait(
        lambda: re.search(r"http://127\S+/reset#(\S+)", shared.log.read_text(encoding="utf-8"))
    )
    guest.goto("about:blank")
    guest.goto(letter[0])
    guest.get_by_label("새 비밀번호").fill(OTHER)
    guest.get_by_role("button", name="비밀번호 바꾸기").click()
    guest.locator("#main").get_by_role("link", name="로그인").click()
    log_in(guest, "삼춘", OTHER)
    expect(guest.get_by_role("heading", name="서재")).to_be_visible()

    guest.goto("/account")
    closing = guest.locator("section", has=guest.get_by_role("heading", name="계정 지우기"))
    closing.get_by_label("지금 비밀번호").fill(OTHER)
    leave = closing.get_by_role("button", name="모두 지우고 떠나기")
    leave.click()
    guest.keyboard.press("Escape")
    expect(leave).to_be_focused()
    leave.click()
    guest.get_by_role("dialog").get_by_role("button", name="모두 지우고 떠나기").click()
    expect(guest.get_by_role("heading", name="로그인")).to_be_visible()
    log_in(guest, "삼춘", OTHER)
    expect(guest.get_by_role("alert")).to_contain_text("맞지 않습니다")
    assert complaints(said) == []
    log = shared.log.read_text(encoding="utf-8")
    assert not [secret for secret in (ADMIN, GUEST, OTHER, pin, link) if secret in log]


def test_a_mail_address_is_confirmed_by_the_letter_that_reaches_it(
    browser: Browser, said: list[str], tmp_path: Path
) -> None:
    with mail_server() as (port, letters):
        settings = {
            "KOSORONG_MAIL_HOST": "127.0.0.1",
            "KOSORONG_MAIL_PORT": str(port),
            "KOSORONG_MAIL_SECURITY": "none",
        }
        with accounts(tmp_path, ADMIN, ["worker"], **settings) as library:
            page = tab(browser, library, said)
            page.goto("/account")
            log_in(page, "할망", ADMIN)
            own = page.locator("section", has=page.get_by_role("heading", name="메일 주소"))
            own.get_by_label(re.compile("메일 주소")).fill("halmang@jeju.example")
            own.get_by_label("지금 비밀번호").fill(ADMIN)
            own.get_by_role("button", name="메일 주소 바꾸기").click()
            expect(own.get_by_text(re.compile("아직 확인하지 않은 주소"))).to_be_visible()
            look(page)
            shot(page, "mail-unconfirmed")
            letter = library.wait(lambda: letters and letters[0])
            assert letter["To"] == "halmang@jeju.example"
            text = letter.get_payload(decode=True).decode()
            page.goto(re.search(r"http://127\S+/confirm#\S+", text)[0])
            look(page)
            shot(page, "confirm")
            page.get_by_role("button", name="내 주소가 맞습니다").click()
            expect(page.get_by_role("heading", name="확인한 메일 주소입니다.")).to_be_visible()
            page.goto("/account")
            expect(page.get_by_text("확인한 메일 주소입니다.")).to_be_visible()
    assert complaints(said) == []


def test_the_admin_site_works_under_the_content_policy(
    browser: Browser, shared: Library, said: list[str]
) -> None:
    page = tab(browser, shared, said, width=1280)
    page.goto("/admin/")
    log_in(page, "할망", ADMIN)
    page.wait_for_url(re.compile(r"/admin/$"))
    expect(page.get_by_role("heading", name="서재 관리 Library")).to_be_visible()
    page.locator(".model-user a").first.click()
    expect(page.get_by_role("link", name="할망")).to_be_visible()
    shot(page, "admin")
    page.get_by_role("link", name="할망").click()
    expect(page.get_by_label("Role")).to_have_value("admin")
    colour = page.evaluate("getComputedStyle(document.querySelector('#header')).backgroundColor")
    assert colour not in {"rgba(0, 0, 0, 0)", "rgb(255, 255, 255)"}
    assert complaints(said) == []
