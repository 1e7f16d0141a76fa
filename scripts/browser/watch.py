"""Everything a page must not do while somebody looks at it."""

from urllib.parse import urlsplit

# Adds up the layout shifts that no input caused, and notes what the content policy refuses.
IN_PAGE = """
window.shift = 0;
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
}).observe({type: 'layout-shift', buffered: true});
document.addEventListener('securitypolicyviolation', event =>
  console.error(`content policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));
"""


class Watch:
    """Collects console messages, errors, failed requests and requests to other origins of a window."""

    def __init__(self, window, address):
        self.origin = urlsplit(address).netloc
        self.seen = []
        window.add_init_script(IN_PAGE)
        window.on("console", lambda message: self.note(f"console {message.type}: {message.text}", message.location))
        window.on("weberror", lambda error: self.note(f"page error: {error.error}"))
        window.on("requestfailed", self.request_failed)
        window.on("request", self.requested)
        window.on("response", self.responded)

    def note(self, text, where=None):
        self.seen.append(f"{text} {where['url'] if where else ''}".strip())

    def request_failed(self, request):
        # A page that is left, or a newer search, ends requests; that is no failure.
        if "ERR_ABORTED" not in (request.failure or ""):
            self.note(f"request failed: {request.url} {request.failure}")

    def requested(self, request):
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob") and parts.netloc != self.origin:
            self.note(f"another origin: {request.url}")

    def responded(self, response):
        if response.status >= 400:
            self.note(f"answered {response.status}: {response.request.method} {response.url}")

    def taken(self):
        """What was seen since the last time."""
        seen, self.seen = self.seen, []
        return seen
