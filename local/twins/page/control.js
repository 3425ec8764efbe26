// The control page of the twins: reads and changes /control of the one that is chosen.
const twin = document.querySelector("#twin");
const form = document.querySelector("#rule");
const problem = document.querySelector("#problem");
let kinds = {};

async function call(method, path, body) {
  const options = { method, headers: body ? { "Content-Type": "application/json" } : {} };
  if (body) options.body = JSON.stringify(body);
  const answer = await fetch(`${twin.value}/control/${path}`, options);
  const said = answer.status === 204 ? {} : await answer.json();
  if (!answer.ok) throw new Error(said.error?.messages?.[0] ?? said.errors?.[0]?.message ?? `It answered ${answer.status}.`);
  return said;
}

function row(cells, label, action) {
  const line = document.createElement("tr");
  for (const cell of cells) line.insertCell().textContent = cell;
  const button = document.createElement("button");
  button.textContent = label;
  button.onclick = () => attempt(action);
  line.insertCell().append(button);
  return line;
}

async function attempt(action) {
  problem.textContent = "";
  try {
    await action();
    await show();
  } catch (error) {
    problem.textContent = error.message;
  }
}

function offerKinds() {
  form.kind.replaceChildren(...(kinds[form.surface.value] ?? []).map((kind) => new Option(kind)));
}

async function show() {
  const faults = await call("GET", "faults");
  if (!Object.keys(kinds).length) {
    kinds = faults.kinds;
    form.surface.replaceChildren(...Object.keys(kinds).map((surface) => new Option(surface)));
    offerKinds();
  }
  document.querySelector("#rules").replaceChildren(...faults.rules.map((rule) => row(
    [rule.surface, rule.kind, rule.match, rule.chance, JSON.stringify(rule.values), rule.seen, rule.hit],
    "Remove", () => call("DELETE", `faults/${rule.id}`),
  )));
  const { deliveries } = await call("GET", "deliveries");
  document.querySelector("#deliveries").replaceChildren(...deliveries.map((one) => row(
    [one.subject, one.state, one.attempts.map((attempt) => attempt.status ?? "–").join(", "), Object.keys(one.faults).join(", ")],
    "Send again", () => call("POST", `deliveries/${encodeURIComponent(one.key)}/again`, {}),
  )));
}

form.surface.onchange = offerKinds;
twin.onchange = () => attempt(() => {});
document.querySelector("#clear").onclick = () => attempt(() => call("DELETE", "faults"));
form.onsubmit = (event) => {
  event.preventDefault();
  const values = Object.fromEntries(
    form.values.value.trim().split(/\s+/).filter(Boolean).map((pair) => pair.split("=")).map(([name, value]) => [name, Number(value)]),
  );
  const times = form.times.value === "" ? null : Number(form.times.value);
  attempt(() => call("POST", "faults", {
    surface: form.surface.value, kind: form.kind.value, match: form.match.value,
    chance: Number(form.chance.value), skip: Number(form.skip.value), times, values,
  }));
};
attempt(() => {});
setInterval(() => { if (!document.hidden) show().catch((error) => { problem.textContent = error.message; }); }, 2000);
