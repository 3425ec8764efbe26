/** The field that says where new uploads go. It is only there if there is something to choose. */

import { h } from "../core/dom.js";
import { providerName } from "../core/providers.js";

/** @param {import("./destination.js").Destination} destination @returns {HTMLElement} */
export function providerChoice(destination) {
  const select = h("select", { id: "provider", class: "field", on: { change: () => destination.choose(select.value) } });
  const element = h("div", { class: "destination" }, h("label", { class: "destination__label", for: "provider" }, "Upload to"), select);
  // Its place is kept until it is known whether it is needed, and not given away afterwards: nothing may move.
  const reserved = destination.providers === null;
  const show = () => {
    const providers = destination.providers ?? [];
    const needed = providers.length > 1;
    element.hidden = !needed && !reserved;
    element.classList.toggle("destination--waiting", !needed);
    select.replaceChildren(...providers.map((name) => h("option", { value: name }, providerName(name))));
    if (destination.shown) select.value = destination.shown;
  };
  destination.addEventListener("change", show);
  show();
  return element;
}
