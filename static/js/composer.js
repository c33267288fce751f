// The composer keeps what is typed: on this device at once, on the server after a pause.
// Without script the same form is sent as it stands.

import { say } from "./layers.js";

const DEVICE_PAUSE = 400;
const SERVER_PAUSE = 5000;
const FIELDS = ["text", "when", "next_step", "next_due", "topic", "tone", "person"];

function clock() {
  return new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
}

function storeKey(form) {
  return `draft:${form.dataset.key}`;
}

function read(form) {
  const draft = { kind: form.elements.kind.value, promise: form.elements.promise.checked, shared: form.elements.shared.checked };
  for (const name of FIELDS) draft[name] = form.elements[name].value;
  draft.people = [...form.querySelectorAll('[name="people"]:checked')].map((box) => box.value);
  return draft;
}

function write(form, draft) {
  for (const name of FIELDS) if (draft[name] !== undefined) form.elements[name].value = draft[name];
  if (draft.kind) form.elements.kind.value = draft.kind;
  form.elements.promise.checked = Boolean(draft.promise);
  form.elements.shared.checked = Boolean(draft.shared);
  for (const box of form.querySelectorAll('[name="people"]')) {
    box.checked = (draft.people || []).includes(box.value);
  }
}

function device(act) {
  try {
    return act(localStorage);
  } catch {
    // Storage is off or full: the server's draft remains.
    return null;
  }
}

/** Forget the device's draft of a form that the server has confirmed. */
function forgetSaved() {
  const saved = new URLSearchParams(location.search).get("saved");
  if (!saved) return;
  device((storage) => {
    for (const key of Object.keys(storage)) {
      if (!key.startsWith("draft:")) continue;
      if (JSON.parse(storage.getItem(key) || "{}").submit_key === saved) storage.removeItem(key);
    }
  });
  history.replaceState(null, "", location.pathname + location.hash);
}

function start(form) {
  const text = form.elements.text;
  const state = form.querySelector("[data-draft-state]");
  const who = form.querySelector("[data-who]");
  const words = form.querySelector("[data-save-words]");
  let deviceTimer = null;
  let serverTimer = null;
  let leaving = false;

  const show = (sentence) => {
    state.textContent = `${sentence} ${clock()}`;
  };
  const dress = () => {
    const kind = form.querySelector('[name="kind"]:checked');
    if (kind) words.textContent = kind.dataset.save;
    const shared = form.elements.shared;
    who.textContent = shared.checked ? shared.dataset.both : shared.dataset.alone;
    text.style.height = "auto";
    text.style.height = `${text.scrollHeight}px`;
  };
  const keepOnDevice = () => {
    clearTimeout(deviceTimer);
    if (leaving) return;
    const draft = { ...read(form), submit_key: form.elements.submit_key.value, at: clock(), caret: text.selectionStart };
    device((storage) => {
      if (draft.text.trim()) storage.setItem(storeKey(form), JSON.stringify(draft));
      else storage.removeItem(storeKey(form));
    });
    if (draft.text.trim()) show(form.dataset.draftDevice);
  };
  const keepOnServer = async () => {
    try {
      const answer = await fetch(form.dataset.drafts, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
        body: JSON.stringify({ ...read(form), r: form.dataset.key }),
        redirect: "error",
      });
      if (answer.ok && (await answer.json()).kept && !leaving) show(form.dataset.draftServer);
    } catch {
      if (!navigator.onLine) state.textContent = form.dataset.offline;
    }
  };
  const changed = () => {
    dress();
    clearTimeout(deviceTimer);
    clearTimeout(serverTimer);
    deviceTimer = setTimeout(keepOnDevice, DEVICE_PAUSE);
    serverTimer = setTimeout(keepOnServer, SERVER_PAUSE);
  };

  const known = device((storage) => JSON.parse(storage.getItem(storeKey(form)) || "null"));
  if (known && known.text && known.text !== text.value && !form.querySelector(".problem")) {
    write(form, known);
    state.textContent = `${form.dataset.draftRestored} ${known.at}`;
    text.setSelectionRange(known.caret, known.caret);
  }
  dress();
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  addEventListener("pagehide", keepOnDevice);
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  form.addEventListener("submit", (event) => {
    if (!navigator.onLine) {
      event.preventDefault();
      keepOnDevice();
      state.textContent = form.dataset.offline;
      say(form.dataset.offline);
      return;
    }
    keepOnDevice();
    clearTimeout(serverTimer);
    leaving = true;
  });
}

forgetSaved();
for (const form of document.querySelectorAll("[data-composer]")) start(form);
const problem = document.getElementById("problem");
if (problem) problem.focus();
