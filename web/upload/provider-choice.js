/** The field that says where new uploads go. It is only there if there is something to choose. */

import { h } from "../core/dom.js";
import { providerName } from "../core/providers.js";

/** @param {import("./destination.js").Destination} destination @returns {HTMLElement} */
export function providerChoice(destination) {
  const select = h("select", { id: "provider", class: "field", on: { change: () => destination.choose(select.value) } });
  const element = h("div", { class: "destination" }, h("label", { class: "destination__label", for: "provider" }, "Upload to"), select);
  const show = () => {
    element.hidden = destination.providers.length < 2;
    select.replaceChildren(...destination.providers.map((name) => h("option", { value: name }, providerName(name))));
    if (destination.chosen) select.value = destination.chosen;
  };
  destination.addEventListener("change", show);
  show();
  return element;
}
