"""Every page of the product, by name, and how a browser comes to it."""

from contextlib import contextmanager

from playwright.sync_api import sync_playwright

SIZES = {"desktop": {"width": 1440, "height": 900}, "phone": {"width": 390, "height": 844}}
LANGUAGES = {"zh": "zh-CN", "en": "en"}
THEMES = ("light", "dark")

# Words in braces stand for the ids of `known`.
PAGES = {
    "customers": "/customers",
    "customers-filtered": "/customers?value_class=A&bought=90&sort=last",
    "customers-none": "/customers?q=zzzzzz",
    "customer": "/customers/{customer}",
    "customer-new": "/customers/new",
    "customer-edit": "/customers/{customer}/edit",
    "contact-new": "/customers/{customer}/contacts/new",
    "contact-edit": "/contacts/{contact}/edit",
    "note-edit": "/notes/{note}/edit",
    "orders": "/orders",
    "order": "/orders/{order}",
    "order-new": "/orders/new",
    "order-edit": "/orders/{order}/edit",
    "order-delete": "/orders/{order}/delete",
    "products": "/products",
    "product": "/products/{product}",
    "product-new": "/products/new",
    "product-edit": "/products/{product}/edit",
    "product-delete": "/products/{product}/delete",
    "insight-abc": "/insight/abc",
    "insight-abc-customers": "/insight/abc/customers?class=A",
    "insight-rfm": "/insight/rfm",
    "insight-rfm-customers": "/insight/rfm/customers?r=5&f=5",
    "insight-rfa": "/insight/rfa",
    "insight-changes": "/insight/changes",
    "insight-value": "/insight/value",
    "insight-value-customers": "/insight/value/customers?value_class=A&band=low",
    "insight-cohorts": "/insight/cohorts",
    "insight-outlook": "/insight/outlook",
    "insight-crossings": "/insight/crossings",
    "insight-models": "/insight/models",
    "worksheet": "/customers/{customer}/worksheet",
    "imports": "/imports",
    "import-new": "/imports/new",
    "search": "/search?q=%E5%BC%A0",
    "tags": "/tags",
    "regions": "/regions",
    "new": "/new",
    "more": "/more",
    "settings": "/settings",
    "settings-backups": "/settings/backups",
    "settings-fields": "/settings/fields",
    "settings-me": "/settings/me",
    "settings-me-email": "/settings/me/email",
    "settings-users": "/settings/users",
    "settings-user": "/settings/users/{user}",
    "not-found": "/nothing-here",
}


@contextmanager
def chromium():
    """The system's Chromium. Without a sandbox, as it may run as root in a container."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield browser
        browser.close()


def context(browser, address, language="zh", size="desktop", theme="light", state=None, **more):
    """A window of a size in a language and a theme; `state` is that of somebody who is signed in."""
    return browser.new_context(
        base_url=address, viewport=SIZES[size], locale=LANGUAGES[language], color_scheme=theme, storage_state=state,
        has_touch=size == "phone", reduced_motion="reduce", timezone_id="Asia/Shanghai", **more)


def speak(page, language, to="/"):
    """Shows the product in a language from now on, by the button that a page has."""
    page.goto(to)
    with page.expect_navigation():
        page.locator(f"button[formaction='/language/{language}']").evaluate("button => button.click()")


def signed_in(browser, address, email, password):
    """The cookies of somebody who has signed in, for `context`."""
    with context(browser, address) as window:
        page = window.new_page()
        page.goto("/sign-in")
        page.fill("#email", email)
        page.fill("#password", password)
        page.click("main button.primary")
        page.wait_for_url("**/customers")
        return window.storage_state()


def known(window):
    """Ids of records to show: the customer is a large one with contacts and notes."""
    def get(path):
        return window.request.get(f"/api/v1{path}").json()

    for row in get("/customers")["customers"]["items"]:
        card = get(f"/customers/{row['id']}")
        notes = [entry["note"]["id"] for entry in card["timeline"]["entries"] if "note" in entry]
        if card["contacts"] and notes:
            break
    return {
        "customer": card["id"], "contact": card["contacts"][0]["id"], "note": notes[0],
        "order": get("/orders")["orders"]["items"][0]["id"],
        "product": get("/products")["products"]["items"][0]["id"],
        "user": next(user["id"] for user in get("/settings/users")["users"] if user["is_administrator"]),
    }


def settle(page):
    """Waits until fonts and charts are there and nothing moves."""
    page.evaluate("document.fonts.ready")
    if page.locator("figure[data-chart]").count():
        page.wait_for_selector("figure[data-chart] canvas")
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
