/** One chart: drawn by uPlot, told in words above it, and there as a table for who cannot or will not look. */

import { h, setText } from "../core/dom.js";
import { loadPlotter } from "./plotter.js";

const HEIGHT = 200;
const LABEL_WIDTH = 64;

/**
 * @typedef {{label: string, value: number}} Point `label` is the day, the class or the place
 * @typedef {Object} ChartOf
 * @property {string} title
 * @property {"bars" | "line"} kind
 * @property {string} across what the labels are
 * @property {(value: number) => string} format
 * @property {number} [most] where the axis ends, if that is fixed
 * @property {string} empty said instead of a chart without anything in it
 */

export class Chart {
  #of;
  #id = `chart-${crypto.randomUUID()}`;
  /** @type {Point[]} */ #points = [];
  /** @type {any} */ #plot = null;
  #summary = h("p", { class: "chart__summary" });
  #picture = h("div", { class: "chart__picture", role: "img" });
  #empty;
  #body = h("tbody");
  #details;
  #resize = new ResizeObserver(() => this.#fit());
  #restyle = new MutationObserver(() => this.#redraw());
  #stop = new AbortController();
  element;

  /** @param {ChartOf} of */
  constructor(of) {
    this.#of = of;
    this.#empty = h("p", { class: "chart__empty", hidden: true }, of.empty);
    this.#picture.setAttribute("aria-labelledby", `${this.#id}-title ${this.#id}-summary`);
    this.#summary.id = `${this.#id}-summary`;
    const head = h("thead", {}, h("tr", {}, h("th", { scope: "col" }, of.across), h("th", { scope: "col" }, of.title)));
    const table = h("div", { class: "chart__table", tabIndex: 0, role: "region", "aria-label": `${of.title}, as a table` }, h("table", { class: "table" }, head, this.#body));
    this.#details = h("details", { class: "chart__details" }, h("summary", {}, "Show as a table"), table);
    this.element = h("section", { class: "chart", "aria-labelledby": `${this.#id}-title` }, h("h2", { class: "chart__title", id: `${this.#id}-title` }, of.title), this.#summary, this.#picture, this.#empty, this.#details);
    this.#resize.observe(this.#picture);
    this.#restyle.observe(document.documentElement, { attributeFilter: ["data-theme"] });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#redraw(), { signal: this.#stop.signal });
  }

  /** @param {Point[]} points @param {string} summary what it comes to, in words */
  async show(points, summary) {
    const before = this.#points;
    this.#points = points;
    setText(this.#summary, summary);
    const bare = points.every(({ value }) => value === 0);
    this.#empty.hidden = !bare;
    this.#picture.hidden = bare;
    this.#details.hidden = bare;
    this.#body.replaceChildren(...points.map(({ label, value }) => h("tr", {}, h("th", { scope: "row" }, label), h("td", {}, this.#of.format(value)))));
    if (bare) return this.#clear();
    const sameAxis = this.#plot && before.length === points.length && before.every(({ label }, at) => label === points[at].label);
    if (sameAxis) this.#plot.setData(dataOf(points));
    else await this.#draw();
  }

  close() {
    this.#resize.disconnect();
    this.#restyle.disconnect();
    this.#stop.abort();
    this.#clear();
  }

  #clear() {
    this.#plot?.destroy();
    this.#plot = null;
  }

  #redraw() {
    if (this.#plot) void this.#draw();
  }

  #fit() {
    const width = this.#picture.clientWidth;
    if (this.#plot && width > 0 && width !== this.#plot.width) this.#plot.setSize({ width, height: HEIGHT });
  }

  async #draw() {
    const Plot = await loadPlotter();
    this.#clear();
    if (!this.element.isConnected || this.#points.length === 0) return;
    this.#plot = new Plot(this.#options(Plot), dataOf(this.#points), this.#picture);
  }

  /** @param {any} Plot */
  #options(Plot) {
    const { kind, format, most } = this.#of;
    const points = this.#points;
    const colour = coloursOf(this.#picture);
    const font = `12px ${getComputedStyle(document.body).fontFamily}`;
    const axis = { stroke: colour.muted, font, ticks: { show: false }, grid: { show: false } };
    const margin = kind === "bars" ? 0.5 : 0;
    return {
      width: this.#picture.clientWidth,
      height: HEIGHT,
      padding: [8, 20, 0, 0],
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false }, points: { show: kind === "line" } },
      scales: { x: { time: false, range: () => [-margin, points.length - 1 + margin] }, y: { range: (/** @type {any} */ _plot, /** @type {number} */ _low, /** @type {number} */ high) => [0, most ?? Math.max(1, high * 1.08)] } },
      axes: [
        { ...axis, size: 32, splits: (/** @type {any} */ plot) => splitsOf(points.length, plot.width), values: (/** @type {any} */ _plot, /** @type {number[]} */ at) => at.map((one) => points[one]?.label ?? "") },
        { ...axis, size: 52, incrs: most === 1 ? [0.25, 0.5] : [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 50_000, 100_000, 1_000_000], grid: { stroke: colour.line, width: 1 }, values: (/** @type {any} */ _plot, /** @type {number[]} */ at) => at.map((value) => format(value)) },
      ],
      series: [{}, { stroke: colour.accent, fill: kind === "bars" ? colour.accent : colour.soft, width: kind === "bars" ? 0 : 2, points: { show: false }, paths: kind === "bars" ? Plot.paths.bars({ size: [0.72, 40], radius: 0.18 }) : Plot.paths.linear() }],
      hooks: { setCursor: [(/** @type {any} */ plot) => this.#point(plot.cursor.idx)] },
    };
  }

  /** Says what is under the pointer; nothing, when it has left. @param {number | null | undefined} at */
  #point(at) {
    const point = typeof at === "number" ? this.#points[at] : undefined;
    this.#picture.dataset.point = point ? `${point.label}: ${this.#of.format(point.value)}` : "";
  }
}

/** @param {Point[]} points */
function dataOf(points) {
  return [points.map((_point, at) => at), points.map(({ value }) => value)];
}

/** As many labels as there is room for, the first one always. @param {number} count @param {number} width */
function splitsOf(count, width) {
  const every = Math.max(1, Math.ceil((count * LABEL_WIDTH) / Math.max(width - 60, LABEL_WIDTH)));
  return Array.from({ length: Math.ceil(count / every) }, (_one, at) => at * every);
}

/** A canvas knows no custom properties: an element shows what they come to. @param {HTMLElement} place */
function coloursOf(place) {
  const probe = h("span", { class: "chart__probe" });
  place.append(probe);
  const read = (/** @type {string} */ name) => {
    probe.dataset.colour = name;
    return getComputedStyle(probe).color;
  };
  const colours = { accent: read("accent"), soft: read("soft"), muted: read("muted"), line: read("line") };
  probe.remove();
  return colours;
}
