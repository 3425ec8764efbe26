/** The page behind a shared link: plays one video with its key, without a sign-in. */

import config from "../config.js";
import { Api, NOBODY } from "../core/api.js";
import { parseShare } from "../core/router.js";
import { themeButton } from "../ui/theme-button.js";
import { SharedView } from "./view.js";

/** @param {string} id */
function byId(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}

/** @type {SharedView | null} */
let shown = null;

/** Another key may be pasted behind the "#", which loads nothing by itself. */
function show() {
  const { videoId, key } = parseShare(location);
  shown?.close();
  shown = new SharedView(new Api(config.apiBaseUrl, NOBODY, { videoKey: key }), videoId, key);
  byId("main").replaceChildren(shown.element);
  void shown.open();
}

byId("header-tools").append(themeButton());
byId("skip").addEventListener("click", (event) => {
  event.preventDefault(); // the fragment is the key
  byId("main").focus();
});
window.addEventListener("hashchange", show);
show();
