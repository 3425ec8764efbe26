/** Renames in place: the title becomes a field; Enter keeps, Escape gives up. */

import { h } from "../core/dom.js";
import { clip } from "../core/format.js";

const MOST_CODE_POINTS = 200;

/**
 * @param {HTMLElement} title the element shown now; hidden meanwhile, shown again afterwards
 * @param {string} current
 * @param {(next: string) => Promise<void>} save called only if the title is new; may reject, then the field stays
 * @param {() => void} done focus may go back to where the renaming began
 */
export function renameInPlace(title, current, save, done) {
  if (title.hidden) return; // already being renamed
  const field = h("input", {
    class: "rename__field",
    type: "text",
    value: current,
    dir: "auto",
    "aria-label": "Title",
    autocomplete: "off",
    enterkeyhint: "done",
  });
  const form = h(
    "form",
    { class: "rename", on: { submit: onSubmit, keydown: onKey, focusout: onFocusOut } },
    field,
    h("button", { class: "button button--primary button--small" }, "Save"),
    h("button", { type: "button", class: "button button--small", on: { click: () => close() } }, "Cancel"),
  );
  let saving = false;

  function close() {
    if (!form.isConnected) return;
    form.remove();
    title.hidden = false;
    done();
  }

  /** @param {Event} event */
  async function onSubmit(event) {
    event.preventDefault();
    const next = clip(field.value.trim(), MOST_CODE_POINTS);
    if (!next || next === current) return close();
    saving = true;
    field.disabled = true;
    try {
      await save(next);
      close();
    } catch {
      // `save` has said why; the words typed are kept for another try.
      field.disabled = false;
      field.focus();
    } finally {
      saving = false;
    }
  }

  /** @param {KeyboardEvent} event */
  function onKey(event) {
    event.stopPropagation();
    if (event.key === "Escape") close();
  }

  /** @param {FocusEvent} event */
  function onFocusOut(event) {
    const next = /** @type {Node | null} */ (event.relatedTarget);
    if (!saving && next && !form.contains(next)) close();
  }

  title.hidden = true;
  title.after(form);
  field.focus();
  field.select();
}
