// The room kept up while people talk, and what is typed kept whatever happens.
// Without script the forms are sent as they stand, and a link looks again.

import { say } from "./layers.js";

const EVERY = 3000;
const STILL_HERE = 60000;
const live = document.getElementById("live");
let tag = live?.dataset.tag;
let running = null;
let over = false;

document.body.classList.add("scripted");

/* In this tab alone, and gone with it: others may use this device. */
const stored = (form, field) => `room:${location.pathname}:${form.id}:${field.id}`;
const fields = (form) => [...form.elements].filter((field) => field.matches("textarea, input:not([type=hidden], [type=radio], [type=checkbox])"));
/* A button may send one field of its form, which the others then leave alone. */
const meant = (form, button) => fields(form).filter((field) => (button?.dataset.words ? field.id === button.dataset.words : !("alone" in field.dataset)));

function keep(act) {
  try {
    return act(sessionStorage);
  } catch {
    // Storage is off or full: the words still stand in the page.
    return null;
  }
}

function remember(form) {
  for (const field of fields(form)) {
    keep((storage) => (field.value === field.defaultValue ? storage.removeItem(stored(form, field)) : storage.setItem(stored(form, field), field.value)));
  }
}

function recall(form) {
  for (const field of fields(form)) {
    const words = keep((storage) => storage.getItem(stored(form, field)));
    if (words) field.value = words;
    field.addEventListener("input", () => remember(form));
  }
}

/** Put the new state in place; whoever stands on a button still stands on it. */
function show(html) {
  const before = live.querySelector("[data-said]").dataset.said;
  const focused = live.contains(document.activeElement) ? document.activeElement.id : "";
  live.innerHTML = html;
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  const { said } = live.querySelector("[data-said]").dataset;
  if (said !== before) say(said);
  offerTopics();
}

function offerTopics() {
  for (const select of document.querySelectorAll("[data-topics]")) {
    const chosen = select.value;
    const options = [...live.querySelectorAll("[data-topic]")].map((topic) => new Option(topic.querySelector("[data-title]").textContent, topic.dataset.topic));
    select.replaceChildren(select.options[0], ...options);
    select.value = chosen;
    if (select.selectedIndex < 0) select.selectedIndex = 0;
  }
}

async function ask() {
  try {
    const answer = await fetch(live.dataset.state, { headers: { "If-None-Match": `"${tag}"` } });
    if (answer.status === 404) over = true;
    if (answer.status !== 200) return;
    show(await answer.text());
    tag = answer.headers.get("ETag").replace(/^W\/|"/g, "");
  } catch {
    // No connection: asked again in a moment.
  }
}

function look() {
  running ??= ask().finally(() => {
    running = null;
  });
  return running;
}

async function poll() {
  if (!document.hidden) await look();
  if (!over) setTimeout(poll, EVERY);
}

let beat = 0;

/** Whoever opens the room is in it, until they leave or close the page. */
function arrive() {
  clearInterval(beat);
  beat = setInterval(stillHere, STILL_HERE);
  stillHere().then(look);
}

function stillHere() {
  const body = new FormData(document.getElementById("press"));
  return fetch(live.dataset.state, { method: "POST", body }).catch(() => {});
}

const lost = document.getElementById("lost");

function fault(form, words, button) {
  const place = document.getElementById(`fault-${button?.dataset.words}`) || form.querySelector("[data-fault]") || lost;
  place.textContent = words;
  place.hidden = !words;
}

async function send(form, submitter, body = new FormData(form, submitter)) {
  let answer = null;
  try {
    answer = await fetch(form.action || location.href, { method: "POST", body, headers: { "X-Room": "1" } });
  } catch {
    // No connection: said below, and everything stays where it is.
  }
  if (answer?.status === 204) return answer;
  if (answer?.status === 409) {
    again(form, submitter);
    return null;
  }
  const words = answer ? lost.dataset.gone : lost.dataset.lost;
  fault(form, answer?.status === 422 ? await answer.text() : words, submitter);
  return null;
}

/** What the page shows is another by now: it comes again, with what was typed. */
function again(form, submitter) {
  if (submitter?.name) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: submitter.name, value: submitter.value }));
  // The page comes back at this form, which says why.
  form.action = `#${form.id}`;
  form.submit();
}

async function sendWords(event) {
  event.preventDefault();
  const form = event.currentTarget;
  const button = event.submitter;
  if (live.contains(button)) {
    press(event);
    return;
  }
  if (form.getAttribute("aria-busy")) return;
  form.setAttribute("aria-busy", "true");
  const sent = Object.fromEntries(meant(form, button).map((field) => [field.id, field.value]));
  const answer = await send(form, button);
  form.removeAttribute("aria-busy");
  if (!answer) return;
  fault(form, "", button);
  // What was typed since it was sent is the beginning of the next.
  for (const field of meant(form, button)) {
    const after = field.value.startsWith(sent[field.id]) ? field.value.slice(sent[field.id].length) : field.value;
    field.defaultValue = "";
    field.value = after;
  }
  const key = form.elements[button?.dataset.words ? "topic_key" : "key"];
  if (key) key.value = answer.headers.get("X-Key");
  if ("kinds" in form.dataset) choose(form, "");
  remember(form);
  await look();
}

/** A form with a page of its own: left only once its words have arrived. */
async function sendPage(event) {
  event.preventDefault();
  const form = event.currentTarget;
  if (!(await send(form, event.submitter))) return;
  for (const field of fields(form)) keep((storage) => storage.removeItem(stored(form, field)));
  if (form.dataset.next) location.assign(form.dataset.next);
  else location.reload();
}

/** A button alone: what is typed beside it stays where it is. */
async function press(event) {
  event.preventDefault();
  const { name: pressed, value } = event.submitter;
  const form = document.getElementById("press");
  const body = new FormData(form);
  body.append(pressed, value);
  if (pressed === "leave") clearInterval(beat);
  if (!(await send(form, event.submitter, body))) return;
  if (pressed === "here") arrive();
  await look();
}

function choose(form, kind) {
  for (const radio of form.elements.kind) radio.checked = radio.value === kind;
}

/** One key for the kind; a line has no use for these two keys. */
function kinds(event) {
  const kind = { ArrowUp: "strategic", ArrowDown: "operational" }[event.key];
  if (!kind || event.target.name !== "line") return;
  event.preventDefault();
  const form = event.currentTarget;
  choose(form, form.elements.kind.value === kind ? "" : kind);
}

for (const form of document.querySelectorAll("[data-keep]")) {
  recall(form);
  form.addEventListener("submit", sendWords);
  if ("kinds" in form.dataset) form.addEventListener("keydown", kinds);
}
for (const form of document.querySelectorAll("[data-draft]")) {
  recall(form);
  form.addEventListener("submit", sendPage);
}
document.querySelector("[data-press]")?.addEventListener("submit", press);
if (live) {
  setTimeout(poll, EVERY);
  if (live.dataset.here) arrive();
}
