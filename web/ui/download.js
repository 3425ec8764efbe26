/** Starts a download that the API has signed. */

import { h } from "../core/dom.js";

/** @param {{downloadUrl: string, filename?: string | null}} signed */
export function startDownload({ downloadUrl, filename }) {
  const anchor = h("a", { href: downloadUrl, download: filename ?? "", rel: "noreferrer" });
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
}
