"""Every kind of page on a phone of 360 px, with words that have no end."""

import re

from . import long_firm, plain_firm
from .judging import cut, overflow, small_targets
from .pages import LANGUAGES, PAGES, context, known, settle, signed_in, speak
from .server import Server

PHONE = {"width": 360, "height": 740}
# Pages of what the firm has made up, beside those of every firm.
MORE = {
    "customer-company": "/customers?kind=company", "customers-tagged": "/customers?tag={tag}",
    "customers-found": f"/customers?q={long_firm.WORD}", "customers-field": "/customers?sort=amount",
    "found": "/search?q=Donau", "found-chinese": "/search?q=西湖", "found-nothing": f"/search?q={'q' * 90}",
    "orders-found": f"/orders?q={long_firm.NUMBER}", "field": "/settings/fields/{field}/delete",
    "customer-delete": "/customers/{customer}/delete",
}


def pages(report, browser, folder):
    """Each page in both languages: it must not move sideways, cut a word off or make a target too small. Themes differ
    in nothing but colours, which the sweep looks at."""
    email, password, token = plain_firm.create(folder)
    with Server(like=folder) as server:
        ids = long_firm.fill(server.address, token)
        state = signed_in(browser, server.address, email, password)
        for language in LANGUAGES:
            with context(browser, server.address, language, "phone", state=state) as window:
                page = window.new_page()
                page.set_viewport_size(PHONE)
                speak(page, language)
                where = {**known(window), **ids, "tag": first_tag(window)}
                for name, path in {**PAGES, **MORE}.items():
                    page.goto(path.format(**where))
                    report.check(f"{language} 360 px {name}", look(page))
                for name, problems in things(page, folder):
                    report.check(f"{language} 360 px {name}", problems)


def look(page):
    settle(page)
    return overflow(page) + cut(page) + small_targets(page)


def first_tag(window):
    return window.request.get("/api/v1/tags").json()["tags"][0]["id"]


def things(page, folder):
    """What comes only when somebody does something: an import with problems, what is found while typing."""
    file = folder.parent / "long.csv"
    file.write_text(long_firm.FILE, encoding="utf-8")
    page.goto("/imports/new?kind=customers")
    page.set_input_files("input[type=file]", str(file))
    page.click("main form button.primary")
    page.wait_for_url("**/imports/*/columns")
    yield "import-columns", look(page)
    page.click("button[name=next][value=check]")
    page.wait_for_url(re.compile("/imports/[0-9A-Z]{13}$"))
    page.locator("button[formaction$='/start']").wait_for()
    yield "import-problems", look(page)
    page.goto("/imports")
    yield "imports-listed", look(page)
    page.goto("/customers")
    page.click("#finder")
    page.keyboard.type("donau")
    page.locator("#finds [role=option]").first.wait_for()
    yield "found-while-typing", look(page)
