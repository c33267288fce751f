// What every page shares. Pages work without it; it adds speed, never access.
// Single keys are off inside inputs, and where the user switched them off.
import { startForms } from "./forms.js";
import { closeMenus, startLayers } from "./layers.js";
import { startPalette } from "./palette.js";
import { startRequests } from "./requests.js";

const root = document.documentElement;

function typing(target) {
  return target.closest("input, textarea, select, [contenteditable]") !== null;
}

function write(text) {
  closeMenus();
  text.focus();
  text.setSelectionRange(text.value.length, text.value.length);
  text.scrollIntoView({ block: "center" });
}

/** The composer of the page, or one in a dialog; where that fails, its own page. */
async function log(link) {
  const here = document.querySelector("[data-composer] textarea");
  if (here) return write(here);
  try {
    const answer = await fetch(link.href, { headers: { "HX-Request": "true" }, redirect: "error" });
    const part = await answer.text();
    if (!answer.ok || !part.includes("data-composer")) throw new Error(link.href);
    const { startComposers } = await import("./composer.js");
    const dialog = document.createElement("dialog");
    dialog.className = "writes";
    dialog.setAttribute("aria-label", link.dataset.log);
    dialog.innerHTML = part;
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
    startForms(dialog);
    startComposers(dialog);
    write(dialog.querySelector("textarea"));
  } catch {
    location.assign(link.href);
  }
}

/** Before signing out: what is half written goes to the server, then off this device. */
async function clearDrafts(event) {
  const form = event.target;
  if (!form.matches("[data-sign-out]") || form.dataset.cleared) return;
  let keys = [];
  try {
    keys = Object.keys(localStorage).filter((key) => key.startsWith("draft:"));
  } catch {
    // Storage is off: nothing is kept here.
  }
  if (!keys.length) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const { sendDrafts } = await import("./composer.js");
  await sendDrafts(keys, form.elements.csrfmiddlewaretoken.value);
  form.dataset.cleared = "1";
  form.requestSubmit();
}

/** J and K: from row to row, only while a row of a list has the focus. */
function step(target, by) {
  const list = target.closest("[data-rows]");
  if (!list) return false;
  const links = [...list.querySelectorAll("[data-row]")];
  const here = links.findIndex((link) => link === target || link.contains(target) || link.closest("tr, li")?.contains(target));
  const next = links[here + by];
  if (next) next.focus();
  return true;
}

function onKey(event) {
  if (event.isComposing || event.defaultPrevented) return;
  const key = event.key.toLowerCase();
  if ((event.ctrlKey || event.metaKey) && key === "k") {
    event.preventDefault();
    dispatchEvent(new Event("palette"));
    return;
  }
  if (root.dataset.shortcuts === "off" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (typing(event.target) || document.querySelector("dialog[open]")) return;
  if (key === "l") document.querySelector("a[data-log]")?.click();
  else if (key === "/") dispatchEvent(new Event("palette"));
  else if (key === "?") document.getElementById("shortcuts")?.showModal();
  else if (key === "j") return void step(event.target, 1);
  else if (key === "k") return void step(event.target, -1);
  else return;
  event.preventDefault();
}

function startShortcuts() {
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-log]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    // The first one knows the relationship of the page.
    log(document.querySelector("a[data-log]"));
  });
}

// Before the forms' own listener, which counts a press as sent.
document.addEventListener("submit", clearDrafts, true);
startLayers();
startForms(document);
startRequests(startForms);
startPalette();
startShortcuts();
