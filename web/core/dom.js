/** Builds elements. Data only ever becomes text, attributes or properties, never markup. */

import { ICONS } from "./icons.js";

const SVG = "http://www.w3.org/2000/svg";

/** Set as properties, because the attribute means the initial value or does not exist. */
const PROPERTIES = new Set(["value", "checked", "disabled", "hidden", "muted", "indeterminate", "tabIndex"]);

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, any>} [props] attributes; also `class`, `on: {click: fn}` and `vars: {"--x": "1"}`
 * @param {...(Node | string | null | undefined | false)} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(props)) {
    if (value === null || value === undefined) continue;
    if (key === "class") element.className = value;
    else if (key === "on") listen(element, value);
    else if (key === "vars") setVars(element, value);
    else if (PROPERTIES.has(key)) Reflect.set(element, key, value);
    else if (value === true) element.setAttribute(key, "");
    else if (value !== false) element.setAttribute(key, String(value));
  }
  element.append(...present(children));
  return element;
}

/** @param {(Node | string | null | undefined | false)[]} children @returns {(Node | string)[]} */
function present(children) {
  return /** @type {(Node | string)[]} */ (children.filter((child) => child !== null && child !== undefined && child !== false));
}

/** @param {HTMLElement} element @param {Record<string, EventListener>} handlers */
function listen(element, handlers) {
  for (const [type, handler] of Object.entries(handlers)) element.addEventListener(type, handler);
}

/** Custom properties go through the CSSOM, which a strict style-src allows. @param {HTMLElement} element @param {Record<string, string>} vars */
export function setVars(element, vars) {
  for (const [name, value] of Object.entries(vars)) element.style.setProperty(name, value);
}

/** @param {keyof typeof ICONS} name @returns {SVGSVGElement} decorative: the control around it has the name */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("focusable", "false");
  for (const part of ICONS[name]) {
    const path = document.createElementNS(SVG, "path");
    const filled = part.startsWith("fill:");
    path.setAttribute("d", filled ? part.slice(5) : part);
    if (filled) path.setAttribute("class", "icon__fill");
    svg.append(path);
  }
  return svg;
}

/**
 * @param {keyof typeof ICONS} name
 * @param {string} label
 * @param {EventListener} onClick
 * @param {Record<string, any>} [props]
 */
export function iconButton(name, label, onClick, props = {}) {
  return h("button", { type: "button", class: "icon-button", "aria-label": label, title: label, on: { click: onClick }, ...props }, icon(name));
}

/** Writes only what differs, so that screen readers and selections are left alone. @param {Element} element @param {string} text */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** @param {Element} element @param {string} name @param {string | null} value null removes it */
export function setAttribute(element, name, value) {
  if (value === null) element.removeAttribute(name);
  else if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}
