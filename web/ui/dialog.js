/** A dialog with a title, a body and buttons; Escape, the backdrop and its closing button end it. */

import { h, iconButton } from "../core/dom.js";
import { closeOnBackdrop } from "./confirm.js";

/**
 * @param {{title: string, wide?: boolean, body: (Node | string | null | false)[], onClose?: () => void}} parts
 * @returns {HTMLDialogElement} shown; focus goes back where it was when it closes
 */
export function openDialog({ title, wide = false, body, onClose }) {
  const id = `dialog-${crypto.randomUUID()}`;
  const dialog = h(
    "dialog",
    { class: `dialog${wide ? " dialog--wide" : ""}`, "aria-labelledby": id },
    h("div", { class: "dialog__head" }, h("h2", { id, class: "dialog__title" }, title), iconButton("close", "Close", () => dialog.close())),
    ...body,
  );
  dialog.addEventListener("close", () => {
    dialog.remove();
    onClose?.();
  });
  closeOnBackdrop(dialog);
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}
