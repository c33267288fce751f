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

function log() {
  const text = document.querySelector("[data-composer] textarea");
  if (text) {
    closeMenus();
    text.focus();
    text.setSelectionRange(text.value.length, text.value.length);
    text.scrollIntoView({ block: "center" });
    return;
  }
  const link = document.querySelector("a[data-log]");
  if (link) link.click();
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
  if (key === "l") log();
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
    if (!link || event.ctrlKey || event.metaKey || !document.querySelector("[data-composer] textarea")) return;
    event.preventDefault();
    log();
  });
}

startLayers();
startForms(document);
startRequests(startForms);
startPalette();
startShortcuts();
