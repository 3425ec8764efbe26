/** The ways in for files: the picker, and dropping them anywhere on the page. */

import { toast } from "../ui/announce.js";

/** @typedef {import("./manager.js").Picked} Picked */

/**
 * @param {{input: HTMLInputElement, overlay: HTMLElement, enabled: () => boolean, onFiles: (picked: Picked[]) => void}} options
 */
export function listenForFiles({ input, overlay, enabled, onFiles }) {
  input.addEventListener("change", () => {
    const picked = [...(input.files ?? [])].map((file) => ({ file, handle: null }));
    input.value = ""; // so that choosing the same file again is a change
    if (picked.length) onFiles(picked);
  });

  let depth = 0;
  const show = (/** @type {boolean} */ on) => (overlay.hidden = !on);
  const carriesFiles = (/** @type {DragEvent} */ event) => enabled() && (event.dataTransfer?.types.includes("Files") ?? false);

  window.addEventListener("dragenter", (event) => {
    if (!carriesFiles(event)) return;
    depth += 1;
    show(true);
  });
  window.addEventListener("dragleave", (event) => {
    if (!carriesFiles(event)) return;
    depth = Math.max(0, depth - 1);
    if (depth === 0) show(false);
  });
  window.addEventListener("dragover", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    if (event.dataTransfer) event.dataTransfer.dropEffect = "copy";
  });
  window.addEventListener("drop", async (event) => {
    if (!carriesFiles(event) || !event.dataTransfer) return;
    event.preventDefault();
    depth = 0;
    show(false);
    const picked = await filesOf(event.dataTransfer);
    if (picked.length) onFiles(picked);
  });
}

/** Handles can only be asked for while the event is being handled, so all are asked before the first await. @param {DataTransfer} data */
function filesOf(data) {
  const items = [...data.items].filter((item) => item.kind === "file");
  const folders = items.filter((item) => item.webkitGetAsEntry?.()?.isDirectory).length;
  if (folders) toast("Folders cannot be uploaded. Drop the videos inside them instead.", { kind: "error" });
  return Promise.all(
    items
      .filter((item) => !item.webkitGetAsEntry?.()?.isDirectory)
      .map(async (item) => {
        const file = item.getAsFile();
        const handle = await handleOf(item);
        return file ? [{ file, handle }] : [];
      }),
  ).then((found) => found.flat());
}

/** @param {DataTransferItem} item @returns {Promise<FileSystemFileHandle | null>} */
async function handleOf(item) {
  try {
    return (await /** @type {any} */ (item).getAsFileSystemHandle?.()) ?? null;
  } catch {
    return null; // not given for this source: the file is chosen again after a reload
  }
}
