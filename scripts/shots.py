#!/usr/bin/env python3
"""Pictures of every page in both languages, light and dark, on a desktop and a phone, into .build/shots.

usage: scripts/shots.py [--only NAME] [--readme]

--only takes the pages whose name begins so; --readme makes the pictures of the README, in docs/screens, instead.
"""

import argparse
import itertools
import pathlib
import shutil
import sys
import tempfile

from browser import import_files
from browser.pages import LANGUAGES, PAGES, SIZES, THEMES, chromium, context, known, settle, signed_in, speak
from browser.server import ROOT, Server, filled

SHOTS = ROOT / ".build/shots"
README = ROOT / "docs/screens"
# Pages of a firm that has nothing yet.
EMPTY = {"empty-customers": "/customers", "empty-orders": "/orders", "empty-products": "/products",
         "empty-insight": "/insight/abc", "empty-imports": "/imports"}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", default="", metavar="NAME")
    parser.add_argument("--readme", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="guanxi-shots-") as folder, chromium() as browser:
        firm = pathlib.Path(folder) / "firm"
        somebody = filled(firm, customers=1000, orders=8000)
        with Server(like=firm) as server:
            state = signed_in(browser, server.address, *somebody)
            if options.readme:
                return readme(browser, server.address, state)
            SHOTS.mkdir(parents=True, exist_ok=True)
            shots = Shots(browser, server.address, options.only)
            shots.take({"sign-in": "/sign-in"}, None)
            shots.take(PAGES, state)
        with Server() as server:
            Shots(browser, server.address, options.only).take_first(server.link)
    print(f"{sum(1 for _ in SHOTS.glob('*.png'))} pictures in {SHOTS.relative_to(ROOT)}")


class Shots:
    """Takes the pages whose name begins as wished."""

    def __init__(self, browser, address, only):
        self.browser, self.address, self.only = browser, address, only

    def take(self, pages, state):
        """Pages in every language, size and theme; state: of somebody who is signed in."""
        pages = {name: path for name, path in pages.items() if name.startswith(self.only)}
        for language, size, theme in itertools.product(LANGUAGES, SIZES, THEMES if pages else ()):
            with context(self.browser, self.address, language, size, theme, state) as window:
                page = window.new_page()
                speak(page, language)
                ids = known(window) if any("{" in path for path in pages.values()) else {}
                for name, path in pages.items():
                    page.goto(path.format(**ids))
                    settle(page)
                    picture(page, SHOTS / f"{name}.{language}.{size}.{theme}.png", size)

    def take_first(self, link):
        """The pages of a fresh start."""
        path = link.removeprefix(self.address)
        self.take({"first": path}, None)
        with context(self.browser, self.address, "zh") as window:
            page = window.new_page()
            page.goto(path)
            for field, value in {"name": "林晓", "email": "lin@guanxi.example", "password": "vier-tassen-tee"}.items():
                page.fill(f"#{field}", value)
            page.click("main button.primary")
            page.wait_for_url("**/customers")
            state = window.storage_state()
            self.take(EMPTY, state)
            self.take_import(page, state)

    def take_import(self, page, state):
        """An import on its way: its columns, its dry run, its outcome."""
        if not "import-".startswith(self.only) and not self.only.startswith("import-"):
            return
        with tempfile.TemporaryDirectory() as folder:
            file = import_files.write(pathlib.Path(folder) / "files").orders
            page.goto("/imports/new?kind=orders")
            page.set_input_files("input[type=file]", file)
            page.click("main form button.primary")
            page.wait_for_url("**/imports/*/columns")
        columns = page.url.removeprefix(self.address)
        self.take({"import-columns": columns}, state)
        page.click("button[name=next][value=check]")
        page.wait_for_selector("button[formaction$='/start']")
        self.take({"import-checked": columns.removesuffix("/columns")}, state)
        page.click("button[formaction$='/start']")
        page.wait_for_selector(".notice.good")
        self.take({"import-finished": columns.removesuffix("/columns")}, state)
        self.take_questions(page, state)
        self.take_update(page, state)

    def take_questions(self, page, state):
        """A file that leaves open how its dates are written and whose its amounts are, with states of orders."""
        rows = ["订单号,客户,日期,商品,金额,状态", "1,云栖茶行,3/4/2024,龙井,140,已完成", "1,云栖茶行,3/4/2024,礼盒,140,已完成",
                "2,山岚文具,5/6/2024,毛笔,60,已取消", "3,散客,7/8/2024,墨,40,蓝鲸"]
        page.goto("/imports/new?kind=orders")
        page.set_input_files(
            "input[type=file]", {"name": "门店.csv", "mimeType": "text/csv", "buffer": "\n".join(rows).encode()})
        page.click("main form button.primary")
        page.wait_for_url("**/imports/*/columns")
        place = page.url.removeprefix(self.address).removesuffix("/columns")
        page.click("button[name=next][value=check]")
        page.wait_for_selector("fieldset.choices")
        self.take({"import-questions": place}, state)

    def take_update(self, page, state):
        """The same customers brought twice: the second file has the first one's columns, and changes them."""
        self.bring(page, "客户编号,客户名称,手机,行业,展会客户\nK1,云栖茶行,13800138000,茶叶,是\nK2,山岚文具,13900139000,,否\n")
        self.bring(page, "客户编号,客户名称,手机,行业,展会客户\nK1,云栖茶业,13800138000,批发,是\nK2,山岚文具,13900139000,文具,是\n", state)

    def bring(self, page, text, state=None):
        page.goto("/imports/new?kind=customers")
        page.set_input_files("input[type=file]", {"name": "展会.csv", "mimeType": "text/csv", "buffer": text.encode()})
        page.click("main form button.primary")
        page.wait_for_url("**/imports/*/columns")
        place = page.url.removeprefix(self.address).removesuffix("/columns")
        page.select_option("tr:last-child select[name=columns]", "+tag")
        if state:
            self.take({"import-remembered": place + "/columns"}, state)
        page.click("button[name=next][value=check]")
        page.wait_for_selector("button[formaction$='/start']")
        if state:
            self.take({"import-updating": place}, state)
        page.click("button[formaction$='/start']")
        page.wait_for_selector(".notice.good")
        if state:
            self.take({"import-updated": place, "import-changes": place + "/changes"}, state)


def picture(page, path, size):
    """The whole page; on a phone by a longer phone, lest its bar lie across the middle."""
    if size == "desktop":
        return page.screenshot(path=path, full_page=True)
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": SIZES[size]["width"], "height": min(max(height, 844), 2600)})
    page.screenshot(path=path)
    page.set_viewport_size(SIZES[size])


def readme(browser, address, state):
    """The customer list and the value of customers in both languages, as small as they stay sharp."""
    shutil.rmtree(README, ignore_errors=True)
    README.mkdir(parents=True)
    for language, (name, path) in itertools.product(LANGUAGES, {"list": "/customers", "value": "/insight/value"}.items()):
        with context(browser, address, language, state=state) as window:
            page = window.new_page()
            speak(page, language, path)
            settle(page)
            page.screenshot(path=README / f"{name}.{language}.png")


if __name__ == "__main__":
    sys.exit(main())
