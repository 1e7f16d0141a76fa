// figure[data-chart]: the option lies beside the plot as JSON; colours and words of numbers come from the page.
const lang = document.documentElement.lang || "zh-CN";
const charts = new Map();
let library;

export function mountCharts(root) {
  const figures = [...root.querySelectorAll("figure[data-chart]")];
  if (root.matches?.("figure[data-chart]")) figures.push(root);
  if (figures.length === 0) return;
  loaded().then(() => figures.forEach(mount));
}

function loaded() {
  library ??= new Promise((done, failed) => {
    if (window.echarts) return done();
    const script = document.createElement("script");
    script.src = new URL("./echarts.min.js", import.meta.url);
    script.onload = done;
    script.onerror = failed;
    document.head.append(script);
    document.addEventListener("themechange", redraw);
  });
  return library;
}

function mount(figure) {
  const plot = figure.querySelector(".plot");
  const text = figure.querySelector("script[type='application/json']")?.textContent;
  if (!plot || !text || charts.has(plot)) return;
  const option = JSON.parse(text);
  const chart = window.echarts.init(plot, null, { renderer: "canvas" });
  charts.set(plot, { chart, option });
  chart.setOption(dressed(option));
  chart.on("click", ({ data }) => data?.href?.startsWith("/") && location.assign(data.href));
  new ResizeObserver(() => plot.isConnected ? chart.resize() : forget(plot)).observe(plot);
}

function forget(plot) {
  charts.get(plot)?.chart.dispose();
  charts.delete(plot);
}

function redraw() {
  for (const [plot, { chart, option }] of charts) {
    if (plot.isConnected) chart.setOption(dressed(option), true);
    else forget(plot);
  }
}

// The option in the dress of the page: font, quiet axes, a tooltip drawn on the canvas (the policy allows no inline styles).
function dressed(plain) {
  const option = structuredClone(plain);
  const ink = "--ink-2";
  const number = formatter(option.format, option.currency);
  const named = listed(option.xAxis).some((axis) => axis.name);
  const full = {
    animationDuration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 300,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: ink },
    ...option,
    grid: { left: 8, right: 16, top: 24, bottom: named ? 32 : 8, containLabel: true, ...option.grid },
    tooltip: {
      trigger: "axis", renderMode: "richText", confine: true, backgroundColor: "--raised", borderColor: "--line-strong",
      textStyle: { color: "--ink", fontSize: 13 }, axisPointer: { lineStyle: { color: "--line-strong" } }, valueFormatter: number,
      ...option.tooltip,
    },
    series: listed(option.series).map((series) => dressedSeries(series, option)),
  };
  if (option.xAxis) full.xAxis = listed(option.xAxis).map((axis) => dressedAxis(axis, false, option));
  if (option.yAxis) full.yAxis = listed(option.yAxis).map((axis) => dressedAxis(axis, true, option));
  return inked(full);
}

function listed(value) {
  return value === undefined ? [] : [value].flat();
}

function dressedAxis(axis, upright, option) {
  const number = axis.type === "category" ? undefined : formatter(axis.format ?? (upright ? option.format : undefined), option.currency, true);
  return {
    nameTextStyle: { color: "--ink-3" },
    ...axis,
    axisLine: { show: !upright, lineStyle: { color: "--line-strong" }, ...axis.axisLine },
    axisTick: { show: false, ...axis.axisTick },
    axisLabel: { color: "--ink-2", fontSize: 12, hideOverlap: true, ...(number && { formatter: number }), ...axis.axisLabel },
    ...(number && { axisPointer: { label: { formatter: ({ value }) => number(value) } } }),
    splitLine: { show: upright, lineStyle: { color: "--line" }, ...axis.splitLine },
  };
}

function dressedSeries(series, option) {
  const number = formatter(series.format, option.currency);
  return number ? { ...series, tooltip: { valueFormatter: number, ...series.tooltip } } : series;
}

function formatter(kind, currency = "CNY", short = false) {
  const styles = {
    money: { style: "currency", currency, currencyDisplay: "narrowSymbol", ...(short ? { notation: "compact", maximumFractionDigits: 1 } : {}) },
    percent: { style: "percent", maximumFractionDigits: short ? 0 : 2 },
    count: short ? { notation: "compact" } : {},
  };
  if (!styles[kind]) return undefined;
  const format = new Intl.NumberFormat(lang, styles[kind]);
  // a point of a line comes as a pair: the second is its value
  return (value) => format.format(Array.isArray(value) ? value.at(-1) : value);
}

// Every text "--name" becomes the colour it stands for in the theme of now.
function inked(value) {
  if (typeof value === "string") return value.startsWith("--") ? colour(value) : value;
  if (Array.isArray(value)) return value.map(inked);
  if (value && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, inked(inner)]));
  return value;
}

function colour(name) {
  const probe = document.createElement("i");
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
}
