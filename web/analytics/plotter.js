/** uPlot, loaded when the first chart is wanted; its style sheet is there before anything is drawn. */

/** @type {Promise<any> | null} */
let loading = null;

/** @returns {Promise<any>} the library's class */
export function loadPlotter() {
  loading ??= Promise.all([import("../vendor/uplot-1.6.32/uPlot.esm.js"), styleSheet(new URL("../vendor/uplot-1.6.32/uPlot.min.css", import.meta.url).href)]).then(
    ([library]) => library.default,
    (error) => {
      loading = null; // the next visit tries again
      throw error;
    },
  );
  return loading;
}

/** @param {string} href @returns {Promise<void>} */
function styleSheet(href) {
  return new Promise((resolve, reject) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = href;
    link.onload = () => resolve();
    link.onerror = () => reject(new Error("The charts' style sheet did not load."));
    document.head.append(link);
  });
}
