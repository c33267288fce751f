// Partial page updates (htmx): busy marks, focus, failures. Nothing typed is ever lost.
import { freshToken } from "./forms.js";
import { flash } from "./layers.js";

const root = document.documentElement;
const words = document.body.dataset;
const running = new Set();
let timer = null;
let refused = null;

function begin(event) {
  event.detail.target.setAttribute("aria-busy", "true");
  running.add(event.detail.xhr);
  if (!timer) timer = setTimeout(() => root.classList.add("waiting"), 400);
}

function end(event) {
  event.detail.target.removeAttribute("aria-busy");
  running.delete(event.detail.xhr);
  if (running.size) return;
  clearTimeout(timer);
  timer = null;
  root.classList.remove("waiting");
}

/** Send the same thing again, from the same element. */
function again(detail) {
  const config = detail.requestConfig;
  const source = config.elt;
  const cause = config.triggeringEvent;
  if (source.tagName === "FORM") source.requestSubmit();
  else window.htmx.trigger(source, cause ? cause.type : "click");
}

function failed(event) {
  const status = event.detail.xhr ? event.detail.xhr.status : 0;
  const gate = document.getElementById("again");
  if ((status === 401 || status === 403) && gate) {
    refused = event.detail;
    gate.showModal();
  } else if (status === 0) {
    flash(words.unsent, words.retry, () => again(event.detail));
  } else {
    flash(words.broken, words.retry, () => again(event.detail));
  }
}

function settled(event, startForms) {
  const part = event.detail.elt;
  if (part.querySelectorAll) startForms(part);
  const named = part.dataset && part.dataset.focus ? part : part.querySelector && part.querySelector("[data-focus]");
  if (!named) return;
  const next = document.getElementById(named.dataset.focus);
  if (!next) return;
  if (!next.matches("a, button, input, select, textarea, [tabindex]")) next.tabIndex = -1;
  next.focus();
}

export function startRequests(startForms) {
  const body = document.body;
  body.addEventListener("htmx:configRequest", (event) => {
    const token = freshToken();
    if (!token || event.detail.verb === "get") return;
    event.detail.headers["X-CSRFToken"] = token;
    if ("csrfmiddlewaretoken" in event.detail.parameters) {
      event.detail.parameters.csrfmiddlewaretoken = token;
    }
  });
  body.addEventListener("htmx:beforeRequest", begin);
  body.addEventListener("htmx:afterRequest", end);
  body.addEventListener("htmx:responseError", failed);
  body.addEventListener("htmx:sendError", failed);
  body.addEventListener("htmx:timeout", failed);
  body.addEventListener("htmx:afterSettle", (event) => settled(event, startForms));
  const gate = document.getElementById("again");
  if (!gate) return;
  gate.querySelector("[data-again]").addEventListener("click", () => {
    gate.close();
    if (refused) again(refused);
    refused = null;
  });
}
