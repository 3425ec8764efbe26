/**
 * Light, dark, or as the system says. A classic script in the head, so that the first paint already
 * has the right colours.
 */
(() => {
  const KEY = "sluice.theme";
  const CHOICES = ["system", "light", "dark"];

  /** @returns {string} */
  function chosen() {
    const kept = localStorage.getItem(KEY);
    return kept && CHOICES.includes(kept) ? kept : "system";
  }

  function apply() {
    const choice = chosen();
    if (choice === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = choice;
  }

  apply();
  window.addEventListener("storage", apply);
  Object.assign(window, {
    sluiceTheme: {
      chosen,
      /** @param {string} choice */
      choose(choice) {
        localStorage.setItem(KEY, choice);
        apply();
      },
    },
  });
})();
