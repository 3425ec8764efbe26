/** A menu button: opens below its button, arrow keys move, Escape closes and gives the focus back. */

import { h, icon, setVars } from "../core/dom.js";

/**
 * @typedef {Object} MenuItem
 * @property {string} label
 * @property {keyof typeof import("../core/icons.js").ICONS} [icon]
 * @property {() => void} run
 * @property {boolean} [checked] given for a choice among several
 * @property {boolean} [danger]
 */

const GAP = 6;
const MARGIN = 8;

/**
 * @param {HTMLButtonElement} button
 * @param {() => MenuItem[]} items asked each time it opens
 * @param {{label: string, container?: () => HTMLElement, onToggle?: (open: boolean) => void}} options
 *   `container` matters in fullscreen, where nothing outside the fullscreen element is shown
 */
export function attachMenu(button, items, { label, container = () => landmarkOf(button), onToggle }) {
  /** @type {HTMLElement | null} */
  let menu = null;
  button.setAttribute("aria-haspopup", "menu");
  button.setAttribute("aria-expanded", "false");

  /** @param {boolean} refocus */
  function close(refocus) {
    if (!menu) return;
    const closing = menu;
    menu = null;
    closing.remove();
    button.setAttribute("aria-expanded", "false");
    document.removeEventListener("pointerdown", onOutside, true);
    window.removeEventListener("resize", onMove);
    window.removeEventListener("scroll", onMove, true);
    onToggle?.(false);
    if (refocus) button.focus();
  }

  /** @param {Event} event */
  function onOutside(event) {
    const target = /** @type {Node} */ (event.target);
    if (!menu?.contains(target) && !button.contains(target)) close(false);
  }

  function onMove() {
    const at = button.getBoundingClientRect();
    if (at.bottom < 0 || at.top > window.innerHeight) close(false);
    else if (menu) place(menu, button);
  }

  /** @param {"first" | "last"} focus */
  function open(focus) {
    menu = h("div", { class: "menu", role: "menu", "aria-label": label, on: { keydown: onKey, focusout: onFocusOut } });
    menu.append(...items().map((item) => itemButton(item, () => close(true))));
    container().append(menu);
    place(menu, button);
    button.setAttribute("aria-expanded", "true");
    document.addEventListener("pointerdown", onOutside, true);
    window.addEventListener("resize", onMove);
    window.addEventListener("scroll", onMove, true);
    onToggle?.(true);
    const all = buttonsOf(menu);
    const chosen = all.find((b) => b.getAttribute("aria-checked") === "true");
    (chosen ?? all.at(focus === "first" ? 0 : -1))?.focus({ preventScroll: true });
  }

  /** @param {FocusEvent} event */
  function onFocusOut(event) {
    const next = /** @type {Node | null} */ (event.relatedTarget);
    if (menu && next && !menu.contains(next)) close(false);
  }

  /** @param {KeyboardEvent} event */
  function onKey(event) {
    if (!menu) return;
    const all = buttonsOf(menu);
    const at = all.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
    const to = { ArrowDown: (at + 1) % all.length, ArrowUp: (at - 1 + all.length) % all.length, Home: 0, End: all.length - 1 }[event.key];
    if (to !== undefined) all[to].focus();
    else if (event.key === "Escape" || event.key === "Tab") close(true);
    else if (event.key.length === 1 && event.key !== " ") startingWith(all, at, event.key)?.focus();
    else return;
    if (event.key !== "Tab") event.preventDefault();
    event.stopPropagation(); // a menu inside the player must not also steer the video
  }

  button.addEventListener("click", () => (menu ? close(true) : open("first")));
  button.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    event.stopPropagation();
    if (!menu) open(event.key === "ArrowDown" ? "first" : "last");
  });
}

/** Everything on the page belongs into a landmark. @param {HTMLElement} button */
function landmarkOf(button) {
  return /** @type {HTMLElement} */ (button.closest("main, header") ?? document.body);
}

/** @param {HTMLElement} menu @returns {HTMLButtonElement[]} */
function buttonsOf(menu) {
  return [...menu.querySelectorAll("button")];
}

/** @param {HTMLButtonElement[]} all @param {number} at @param {string} letter */
function startingWith(all, at, letter) {
  const rotated = [...all.slice(at + 1), ...all.slice(0, at + 1)];
  return rotated.find((button) => button.textContent?.trim().toLowerCase().startsWith(letter.toLowerCase()));
}

/** @param {MenuItem} item @param {() => void} close */
function itemButton(item, close) {
  const choice = item.checked !== undefined;
  return h(
    "button",
    {
      type: "button",
      class: `menu__item${item.danger ? " menu__item--danger" : ""}`,
      role: choice ? "menuitemradio" : "menuitem",
      "aria-checked": choice ? String(item.checked) : null,
      tabIndex: -1,
      on: {
        click: () => {
          close();
          item.run();
        },
      },
    },
    choice ? h("span", { class: "menu__tick" }, item.checked && icon("check")) : item.icon ? icon(item.icon) : null,
    h("span", {}, item.label),
  );
}

/** Below the button if there is room, else above; never outside the window. @param {HTMLElement} menu @param {HTMLElement} button */
function place(menu, button) {
  const at = button.getBoundingClientRect();
  const size = menu.getBoundingClientRect();
  const below = at.bottom + GAP + size.height + MARGIN <= window.innerHeight;
  const top = below ? at.bottom + GAP : Math.max(MARGIN, at.top - GAP - size.height);
  const left = Math.min(Math.max(MARGIN, at.right - size.width), window.innerWidth - size.width - MARGIN);
  setVars(menu, { "--menu-top": `${Math.round(top)}px`, "--menu-left": `${Math.round(left)}px` });
}
