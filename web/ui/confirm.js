/** A question that must be answered before something is lost. */

import { h } from "../core/dom.js";

/**
 * @param {{title: string, text: (Node | string)[], confirm: string, cancel?: string}} question
 * @returns {Promise<boolean>} false for cancel and Escape; focus goes back where it was
 */
export function confirmDialog({ title, text, confirm, cancel = "Cancel" }) {
  return new Promise((resolve) => {
    const dialog = h(
      "dialog",
      { class: "dialog", "aria-labelledby": "dialog-title", "aria-describedby": "dialog-text" },
      h("h2", { id: "dialog-title", class: "dialog__title" }, title),
      h("p", { id: "dialog-text", class: "dialog__text" }, ...text),
      h(
        "form",
        { method: "dialog", class: "dialog__buttons" },
        // The harmless answer is first, so that Enter by habit loses nothing.
        h("button", { class: "button", value: "no", autofocus: true }, cancel),
        h("button", { class: "button button--danger", value: "yes" }, confirm),
      ),
    );
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
    closeOnBackdrop(dialog);
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** @param {HTMLDialogElement} dialog */
export function closeOnBackdrop(dialog) {
  dialog.addEventListener("pointerdown", (event) => {
    if (event.target !== dialog) return;
    const box = dialog.getBoundingClientRect();
    const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
    if (!inside) dialog.close();
  });
}
