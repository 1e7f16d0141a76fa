"""Ways that people take through the product."""

import re

from playwright.sync_api import expect

from . import import_files
from .judging import overflow, small_targets, unreachable
from .pages import context, settle, speak
from .server import Server
from .watch import Watch

WORDS = {
    "zh": {"customers": "客户", "noted": "已记录", "call": "电话", "note": "聊了秋茶，下周寄样品。"},
    "en": {"customers": "Customers", "noted": "Recorded", "call": "Call", "note": "Spoke about autumn tea; samples go out next week."},
}

# A focus is seen by an outline or shadow, of the element or of the box it fills.
SEEN = """element => [element, element.closest('form, label')].some(one => one
  && (getComputedStyle(one).outlineStyle !== 'none' || getComputedStyle(one).boxShadow !== 'none'))"""


class Walk:
    """Somebody at a window, whose every page is judged as it is met."""

    def __init__(self, report, window, watch, name):
        self.report, self.watch, self.name = report, watch, name
        self.page = window.new_page()
        self.page.set_default_timeout(8_000)

    def step(self, what):
        return self.report.step(f"{self.name}: {what}")

    def judge(self, what, expected=()):
        """The page as it is now; `expected` are answers that belong to the way, such as "422"."""
        settle(self.page)
        problems = [seen for seen in self.watch.taken() if not any(part in seen for part in expected)]
        problems += overflow(self.page) + unreachable(self.page)
        if "phone" in self.name:
            problems += small_targets(self.page)
        self.report.check(f"{self.name}: {what} is as it should be", problems + self.watch.taken())


def first(report, browser, language, size, folder):
    """From the link of the first start to the first note, with the firm's own files."""
    files = import_files.write(folder / f"files-{language}-{size}")
    with Server() as server, context(browser, server.address, language, size) as window:
        walk = Walk(report, window, Watch(window, server.address), f"{language} {size} first")
        with report.journey():
            create_administrator(walk, server.link, language)
            import_file(walk, files.customers, "customers", rows=files.customers_rows, bad=0)
            import_file(walk, files.orders, "orders", rows=files.orders_rows, bad=1)
            from_curve_to_card(walk)
            write_note(walk, language)
            find_by_initials(walk, size)
            sign_out(walk)


def create_administrator(walk, link, language):
    page = walk.page
    with walk.step("the link of the first start opens"):
        page.goto(link)
        assert page.evaluate("document.documentElement.lang") == {"zh": "zh-CN", "en": "en"}[language]
    walk.judge("first administrator")
    with walk.step("an administrator is created and signed in"):
        for field, value in {"firm": "山岚茶业", "name": "林晓", "email": "lin@shanlan.example", "password": "vier-tassen-tee"}.items():
            page.fill(f"#{field}", value)
        page.click("main button.primary")
        page.wait_for_url("**/customers")
        expect(page.locator("h1")).to_be_visible()
    walk.judge("empty customer list")
    with walk.step("the link works once"):
        assert page.request.get(link).status in (404, 410, 403), page.request.get(link).status


def import_file(walk, file, kind, rows, bad):
    """Upload, columns, dry run, start, outcome; `bad` of the file's rows cannot be imported."""
    page = walk.page
    with walk.step(f"a file of {kind} is taken and its columns are recognised"):
        page.goto(f"/imports/new?kind={kind}")
        page.set_input_files("input[type=file]", file)
        upload(page)
        expect(page.locator("table .badge.good").first).to_be_visible()
        unknown = page.locator("main table select").evaluate_all("all => all.filter(one => one.value === '-').length")
        assert unknown == 0, f"{unknown} columns were not recognised"
    walk.judge(f"columns of {kind}")
    with walk.step(f"the dry run of {kind} writes nothing and says what it would do"):
        page.click("button[name=next][value=check]")
        page.wait_for_url(re.compile("/imports/[0-9A-Z]{13}$"))
        expect(page.locator("button[formaction$='/start']")).to_contain_text(str(rows - bad))
        if bad:
            expect(page.locator("main")).to_contain_text("2026/13/45")
        assert page.request.get(f"/api/v1/{kind}").json()[kind]["items"] == []
    walk.judge(f"dry run of {kind}")
    with walk.step(f"the import of {kind} runs and finishes"):
        page.click("button[formaction$='/start']")
        expect(page.locator(".notice.good")).to_be_visible()
        assert len(page.request.get(f"/api/v1/{kind}").json()[kind]["items"]) == rows - bad
    walk.judge(f"finished import of {kind}")
    if bad:
        with walk.step(f"the bad row of {kind} can be downloaded"):
            with page.expect_download() as download:
                page.click("main a[href$='/problems']")
            lines = open(download.value.path(), encoding="utf-8-sig").read().splitlines()
            assert len(lines) == 1 + bad and "2026/13/45" in lines[1], lines


def upload(page):
    page.click("main form button.primary")
    page.wait_for_url("**/imports/*/columns")


def from_curve_to_card(walk):
    page = walk.page
    with walk.step("the Pareto page shows the imported orders"):
        page.goto("/insight/abc")
        expect(page.locator("dl.stats dd").first).to_contain_text(str(import_files.BUYERS))
        settle(page)
    walk.judge("Pareto page")
    with walk.step("a cell opens its customers"):
        page.locator("a[href*='/insight/abc/customers'][href*='class=A']").first.click()
        page.wait_for_url("**/insight/abc/customers?*class=A*")
        expect(page.locator("main table a[data-customer]").first).to_have_text(import_files.LARGEST)
    walk.judge("customers of the cell")
    with walk.step("a customer opens the card"):
        page.locator("main table a[data-customer]").first.click()
        page.wait_for_url("**/customers/*")
        expect(page.locator("h1")).to_contain_text(import_files.LARGEST)
        expect(page.locator(".value-side")).to_contain_text("A")
        expect(page.locator("#timeline .entry.order").first).to_be_visible()
    walk.judge("card")


def write_note(walk, language):
    page, words = walk.page, WORDS[language]
    with walk.step("a note goes to the timeline"):
        page.locator(".entry-box label", has_text=words["call"]).click()
        page.fill(".entry-box textarea", words["note"])
        page.click(".entry-box button.primary")
        expect(page.locator("#timeline .entry.note .text").first).to_have_text(words["note"])
        expect(page.locator("#timeline .entry.note .what").first).to_contain_text(words["call"])
        expect(page.locator("#toasts .toast")).to_contain_text(words["noted"])
    walk.judge("card with a note")


def find_by_initials(walk, size):
    page = walk.page
    with walk.step("initials find a person"):
        page.goto("/customers")
        if size == "phone":
            page.click("#finder")
        else:
            page.keyboard.press("/")
        expect(page.locator("#finder")).to_be_focused()
        page.keyboard.type("zw")
        expect(page.locator("#finds [role=option][aria-selected=true]")).to_contain_text("张伟")
    walk.judge("results of a search")
    with walk.step("Enter opens the person"):
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile("/customers/[0-9A-Z]{13}$"))
        expect(page.locator("h1")).to_contain_text("张伟")


def sign_out(walk):
    page = walk.page
    with walk.step("signing out leads to the door"):
        page.click("[popovertarget=menu-user]")
        page.click("#menu-user form button")
        page.wait_for_url("**/sign-in")
        page.goto("/customers")
        page.wait_for_url("**/sign-in?to=*")
    walk.judge("sign-in")


def by_keyboard(report, browser, firm, somebody):
    """The way to a note without a mouse."""
    with Server(like=firm) as server, context(browser, server.address, "en") as window:
        walk = Walk(report, window, Watch(window, server.address), "keyboard")
        page, press = walk.page, walk.page.keyboard.press
        with report.journey():
            with walk.step("sign in"):
                speak(page, "en", "/sign-in")
                expect(page.locator("#email")).to_be_focused()
                page.keyboard.type(somebody[0])
                press("Tab")
                page.keyboard.type(somebody[1])
                press("Enter")
                page.wait_for_url("**/customers")
                speak(page, "en", "/customers")
            with walk.step("the first Tab skips to the content"):
                press("Tab")
                expect(page.locator("a.skip")).to_be_focused()
                press("Enter")
                expect(page.locator("#main")).to_be_focused()
            with walk.step("? shows the keys, Escape closes them"):
                press("?")
                expect(page.locator("#keys")).to_be_visible()
                press("Escape")
                expect(page.locator("#keys")).to_be_hidden()
            with walk.step("n is the form of a new customer"):
                press("n")
                page.wait_for_url("**/customers/new")
                expect(page.locator("h1")).to_contain_text("New customer")
            with walk.step("g c leads to the customers, j and k through the rows, Enter opens one"):
                page.locator("#main").focus()
                press("g")
                press("c")
                page.wait_for_url("**/customers")
                press("j")
                press("j")
                expect(page.locator("[data-row]").nth(1)).to_be_focused()
                press("k")
                expect(page.locator("[data-row]").nth(0)).to_be_focused()
                name = page.locator("[data-row]").nth(0).locator("a[data-customer]").inner_text()
                press("Enter")
                page.wait_for_url(re.compile("/customers/[0-9A-Z]{13}$"))
                expect(page.locator("h1")).to_contain_text(name)
            with walk.step("Tab reaches the note, Ctrl Enter records it"):
                tab_to(page, ".entry-box textarea")
                page.keyboard.type("Written without a mouse.")
                press("Control+Enter")
                expect(page.locator("#timeline .entry.note .text").first).to_have_text("Written without a mouse.")
            with walk.step("e edits the customer, Tab and Enter save"):
                press("e")
                page.wait_for_url("**/edit")
                tab_to(page, "#main button.primary")
                press("Enter")
                page.wait_for_url(re.compile("/customers/[0-9A-Z]{13}$"))
            with walk.step("Ctrl K finds by initials"):
                press("Control+k")
                page.keyboard.type("pareto")
                expect(page.locator("#finds [role=option][aria-selected=true]")).to_contain_text("Pareto")
                press("Enter")
                page.wait_for_url("**/insight/abc")
            with walk.step("the account's menu opens and signs out"):
                tab_to(page, "[popovertarget=menu-user]")
                press("Enter")
                tab_to(page, "#menu-user form button")
                press("Enter")
                page.wait_for_url("**/sign-in")
            report.check("keyboard: nothing went wrong on the way", walk.watch.taken())


def tab_to(page, selector):
    """Presses Tab until something has the focus, which must then be seen."""
    wanted = page.locator(selector).first
    for _ in range(120):
        if wanted.evaluate("element => element === document.activeElement"):
            assert wanted.evaluate(SEEN), f"the focus on {selector} cannot be seen"
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not reach {selector}")


def without_scripts(report, browser, firm, somebody):
    """Reading and every form work with scripts turned off."""
    with Server(like=firm) as server, context(browser, server.address, java_script_enabled=False) as window:
        walk = Walk(report, window, Watch(window, server.address), "without scripts")
        page = walk.page
        with report.journey():
            with walk.step("sign in"):
                page.goto("/sign-in")
                page.fill("#email", somebody[0])
                page.fill("#password", somebody[1])
                page.click("main button.primary")
                page.wait_for_url("**/customers")
            with walk.step("the list is searched and filtered"):
                page.fill("#seek", "茶")
                page.press("#seek", "Enter")
                page.wait_for_url("**/customers?*q=*")
                names = page.locator("[data-row] a[data-customer]").all_inner_texts()
                assert names and all("茶" in name for name in names), names
            with walk.step("a card opens and takes a note"):
                page.locator("[data-row] a[data-customer]").first.click()
                page.fill(".entry-box textarea", "没有脚本也能写。")
                page.click(".entry-box button.primary")
                expect(page.locator("#timeline .entry.note .text").first).to_have_text("没有脚本也能写。")
            with walk.step("search on top gives a page"):
                page.fill("#finder", "zw")
                page.press("#finder", "Enter")
                page.wait_for_url("**/search?q=zw")
                expect(page.locator("main a[href^='/customers/']").first).to_be_visible()
            upload_without_scripts(walk)
            report.check("without scripts: nothing went wrong on the way", walk.watch.taken())


def upload_without_scripts(walk):
    page = walk.page
    with walk.step("a file is imported"):
        page.goto("/imports/new?kind=customers")
        page.set_input_files("input[type=file]", {
            "name": "more.csv", "mimeType": "text/csv", "buffer": "姓名,手机\n欧阳无脚,13812345678\n".encode()})
        upload(page)
        page.click("button[name=next][value=check]")
        reload_until(page, "button[formaction$='/start']")
        page.click("button[formaction$='/start']")
        reload_until(page, ".notice.good")
        page.goto("/customers?q=oywj")
        expect(page.locator("[data-row] a[data-customer]").first).to_have_text("欧阳无脚")


def reload_until(page, selector):
    for _ in range(40):
        if page.locator(selector).count():
            return
        page.wait_for_timeout(200)
        page.reload()
    raise AssertionError(f"{selector} never comes")
