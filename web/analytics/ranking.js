/** Counts by kind, the most first, each with a bar. */

import { h } from "../core/dom.js";
import { formatNumber } from "../core/format.js";

const MOST = 8;

export class Ranking {
  #empty;
  #list = h("ul", { class: "ranking", role: "list" });
  element;

  /** @param {string} title @param {string} empty said when there is nothing to count */
  constructor(title, empty) {
    const id = `ranking-${crypto.randomUUID()}`;
    this.#empty = h("p", { class: "ranking__empty" }, empty);
    this.element = h("section", { class: "chart", "aria-labelledby": id }, h("h2", { id, class: "chart__title" }, title), this.#list, this.#empty);
  }

  /** @param {import("./chart.js").Point[]} points the most first */
  show(points) {
    this.#empty.hidden = points.length > 0;
    const most = points[0]?.value ?? 1;
    this.#list.replaceChildren(
      ...points.slice(0, MOST).map(({ label, value }) =>
        h("li", { class: "ranking__row" }, h("span", { class: "ranking__label", dir: "auto" }, label), h("span", { class: "ranking__count" }, formatNumber(value)), h("span", { class: "bar", vars: { "--fraction": (value / most).toFixed(3) } }, h("span", { class: "bar__fill" }))),
      ),
    );
  }
}
