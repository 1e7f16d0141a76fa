"""What must hold of every page: each function gives the problems it sees, as sentences."""

import re

from axe_playwright_python.sync_playwright import Axe

AXE = Axe()
# Targets of a finger. Links in running text are exempt (WCAG 2.5.8); so is what is shown to nobody's eyes. A target
# reaches as far as a tap still lands on it, which may be beyond its box.
SMALL_TARGETS = """
() => {
  const kinds = 'a[href], button, select, summary, textarea, input:not([type=hidden])';
  const inText = element => getComputedStyle(element).display === 'inline'
    && element.closest('p, dd, li, td, th, h1, h2, h3, caption, .notice, .line, label')
      ?.textContent.trim() !== element.textContent.trim();
  const small = new Set();
  for (const element of document.querySelectorAll(kinds)) {
    if (!element.checkVisibility({opacityProperty: true, visibilityProperty: true}) || inText(element)) continue;
    const label = element.closest('label');
    const target = element.matches('[type=checkbox], [type=radio], [type=file]') && label ? label : element;
    const box = target.getBoundingClientRect();
    if (box.width <= 1 || box.right < 0 || box.bottom < 0 || (box.width >= 43.5 && box.height >= 43.5)) continue;
    const width = Math.max(box.width, reach(target, box, 1, 0)), height = Math.max(box.height, reach(target, box, 0, 1));
    if (width >= 43.5 && height >= 43.5) continue;
    const name = (element.ariaLabel || element.textContent.trim() || element.name || '').slice(0, 30);
    small.add(`${element.localName}.${element.className} "${name}" ${Math.round(width)}×${Math.round(height)}`);
  }
  return [...small];

  function reach(target, box, x, y) {
    const lands = distance => target.contains(document.elementFromPoint(
      box.left + box.width / 2 + x * distance, box.top + box.height / 2 + y * distance));
    let before = 0, after = 0;
    while (before < 44 && lands(-before - 1)) before++;
    while (after < 44 && lands(after + 1)) after++;
    return before + after + 1;
  }
}
"""
# What is read of a page: its text and the names of its controls, but for parts that say they are in another
# language, and choices that are the world's data rather than ours: time zones, currencies, divisions of China.
READ = """
() => {
  const DATA = '#time_zone, [name$=currency], [name$="[currency]"], #facet-region, #region option';
  const texts = [document.title];
  const own = document.documentElement.lang;
  const foreign = element => element.closest(`[lang]:not([lang="${own}"]), ${DATA}, script, style, .seal, kbd`);
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) if (!foreign(walk.currentNode.parentElement)) texts.push(walk.currentNode.data);
  for (const element of document.querySelectorAll('[aria-label], [title], [placeholder], [alt], [data-label]'))
    if (!foreign(element)) for (const name of ['aria-label', 'title', 'placeholder', 'alt', 'data-label'])
      texts.push(element.getAttribute(name) ?? '');
  return texts.map(text => text.trim()).filter(text => text);
}
"""
# Text that a page cuts off or lets run out of its box: neither wrapped nor ended by an ellipsis. What can be scrolled
# within the page is there to be seen.
CUT = """
() => {
  const BOXES = '.panel, .tag, .chip, .badge, .button, .notice, .toast, td, th, dd, dt, li, h1, h2, a, body';
  const found = new Set();
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode, parent = node.parentElement;
    if (!node.data.trim() || !parent.checkVisibility({opacityProperty: true, visibilityProperty: true})) continue;
    if (parent.closest('script, style, option, select, textarea, .aside, svg')) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const right = Math.max(...[...range.getClientRects()].map(box => box.right));
    const wrong = problem(parent, right);
    if (wrong) found.add(`${wrong}: ${parent.localName}.${parent.className} "${node.data.trim().slice(0, 30)}"`);
  }
  return [...found];

  function problem(parent, right) {
    // An ellipsis ends the lines of a box, not those of boxes within it.
    let isOwn = true;
    for (let box = parent; box; box = box.parentElement) {
      const style = getComputedStyle(box), edge = box.getBoundingClientRect().right + 1.5;
      if (style.display === 'inline' || style.display === 'contents') continue;
      if (['auto', 'scroll'].includes(style.overflowX) && box !== document.body) return;
      if (isOwn && style.textOverflow === 'ellipsis' && style.overflowX !== 'visible') return;
      isOwn = false;
      if (right > edge && style.overflowX !== 'visible') return 'cut off';
      if (right > edge && box.matches(BOXES)) return `runs ${Math.round(right - edge)} px out of ${box.localName}.${box.className}`;
    }
  }
}
"""
# A theme has come when its colours have stopped changing and were painted.
SETTLED = """
async () => {
  const painted = () => new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  await painted();
  await Promise.allSettled(document.getAnimations().map(animation => animation.finished));
  await painted();
}
"""
HAN = re.compile(r"[\u3400-\u9fff]")
LATIN = re.compile(r"[A-Za-z]{2,}")
# Latin that a Chinese page may hold: names of methods, formats and places, addresses, and numbers of requests.
NAMES = {"ABC", "RFM", "RFA", "CSV", "UTF", "GB", "JSON", "API", "CNY", "USD", "EUR", "Ctrl", "Enter", "Asia", "Shanghai",
         "ID", "MB", "Esc", "OpenAPI", "Guanxi", "Chrome", "Linux", "HeadlessChrome", "Gini", "Excel",
         "xlsx", "BG", "MBG", "NBD", "Pareto", "Gamma", "BIC", "alpha", "beta", "gamma"}
# Languages call themselves by their own names; a place to type shows how a Chinese place is typed.
EXAMPLES = re.compile("简体中文|English|浙江杭州西湖区")
ADDRESS = re.compile(r"\b[0-9a-f]{24,32}\b|\S+@\S+|https?://\S+|/\w[\w/.{}-]*|[\w-]+\.csv")


def unreachable(page, theme="light", **rules):
    """What axe finds; `only` limits it to a rule, `but` leaves one out."""
    page.emulate_media(color_scheme=theme)
    page.evaluate(SETTLED)
    options = {"resultTypes": ["violations"]}
    if "only" in rules:
        options["runOnly"] = [rules["only"]]
    if "but" in rules:
        options["rules"] = {rules["but"]: {"enabled": False}}
    found = AXE.run(page, options=options).response["violations"]
    return [f"axe {theme}: {rule['id']}: {node['target']} {why(node)}" for rule in found for node in rule["nodes"]]


def why(node):
    lines = (node.get("failureSummary") or "").splitlines()[1:]
    return " ".join(line.strip() for line in lines)[:220]


def small_targets(page):
    """Looked for on a longer phone, where all is in sight and nothing lies under the bar at the foot."""
    size = page.viewport_size
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({**size, "height": height + 120})
    found = page.evaluate(SMALL_TARGETS)
    page.set_viewport_size(size)
    return [f"smaller than 44 px: {target}" for target in found]


def overflow(page):
    """Whether the page can be pushed sideways."""
    beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [f"{beyond} px wider than the window"] if beyond > 0 else []


def cut(page):
    """Words that end without an end."""
    return page.evaluate(CUT)


def jumps(page):
    shift = page.evaluate("window.shift")
    return [f"layout shift of {shift:.3f}"] if shift >= 0.02 else []


def markup(page):
    """Code that stands where a person reads."""
    found = page.evaluate("document.body.innerText.match(/.*(<\\/?[a-z]+[ >]|\\bWord\\(|Optional\\().*/g) ?? []")
    return [f"code in the text: {text[:80]}" for text in found]


def foreign_words(page, language):
    """Interface in the wrong language, on a page whose data have neither Chinese nor Latin letters."""
    for text in page.evaluate(READ):
        text = EXAMPLES.sub(" ", ADDRESS.sub(" ", text))
        if language == "en":
            wrong = HAN.findall(text)
        else:
            wrong = [word for word in LATIN.findall(text) if word not in NAMES]
        if wrong:
            yield f"not {language}: {text[:80]}"
