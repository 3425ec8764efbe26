/** The button that chooses the colours. */

import { icon, iconButton } from "../core/dom.js";
import { attachMenu } from "./menu.js";

/** @type {{choice: string, label: string, icon: keyof typeof import("../core/icons.js").ICONS}[]} */
const THEMES = [
  { choice: "system", label: "As the system", icon: "system" },
  { choice: "light", label: "Light", icon: "sun" },
  { choice: "dark", label: "Dark", icon: "moon" },
];

/** @type {{chosen: () => string, choose: (choice: string) => void}} set by core/theme.js before anything is painted */
const theme = Reflect.get(window, "sluiceTheme");

/** @returns {HTMLButtonElement} */
export function themeButton() {
  const button = iconButton("sun", "Colours", () => {});
  const show = () => {
    const now = THEMES.find((entry) => entry.choice === theme.chosen()) ?? THEMES[0];
    button.replaceChildren(icon(now.icon));
    button.setAttribute("aria-label", `Colours: ${now.label.toLowerCase()}`);
  };
  attachMenu(button, () => THEMES.map(({ choice, label }) => ({ label, checked: theme.chosen() === choice, run: () => (theme.choose(choice), show()) })), { label: "Colours" });
  show();
  return button;
}
