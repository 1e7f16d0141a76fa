"""Every page in turn, and what must hold of each."""

from . import plain_firm
from .judging import foreign_words, jumps, markup, overflow, small_targets, unreachable
from .pages import LANGUAGES, PAGES, SIZES, context, known, settle, signed_in, speak
from .server import Server
from .watch import Watch

# Pages that must not move while they arrive.
STEADY = {"customers", "customer", "insight-abc", "insight-rfm"}


def pages(report, browser, firm, somebody):
    """Every page of a demo firm in every language and size. Colours are looked at in both themes; all else does
    not depend on the theme, nor the colours on the language."""
    with Server(like=firm) as server:
        state = signed_in(browser, server.address, *somebody)
        for language in LANGUAGES:
            for size in SIZES:
                with context(browser, server.address, language, size, state=state) as window:
                    watch = Watch(window, server.address)
                    page = window.new_page()
                    speak(page, language)
                    for name, path in with_ids(window, PAGES).items():
                        report.check(f"{language} {size} page {name}", look(page, name, path, language, size, watch))


def look(page, name, path, language, size, watch):
    """What is wrong with a page."""
    page.emulate_media(color_scheme="light")
    answer = page.goto(path)
    settle(page)
    problems = watch.taken()
    if name == "not-found":
        problems = [problem for problem in problems if "404" not in problem]
    elif answer.status != 200:
        problems.append(f"answered {answer.status}")
    if name in STEADY:
        problems += jumps(page)
    problems += overflow(page) + markup(page)
    if size == "phone":
        problems += small_targets(page)
    if language == "zh":
        problems += unreachable(page) + unreachable(page, "dark", only="color-contrast")
    else:
        problems += unreachable(page, but="color-contrast")
    return problems + watch.taken()


def languages(report, browser, folder):
    """Every page of a firm without letters: what letters there are must be of the chosen language."""
    email, password, token = plain_firm.create(folder)
    with Server(like=folder) as server:
        plain_firm.fill(server.address, token)
        state = signed_in(browser, server.address, email, password)
        for language in LANGUAGES:
            with context(browser, server.address, language, state=state) as window:
                page = window.new_page()
                speak(page, language)
                for name, path in with_ids(window, PAGES).items():
                    if name in ("regions", "search"):
                        continue  # the divisions of China are data; the search is for a Chinese name
                    page.goto(path)
                    report.check(f"{language} words of {name}", foreign_words(page, language))


def with_ids(window, pages):
    ids = known(window)
    return {name: path.format(**ids) for name, path in pages.items()}
