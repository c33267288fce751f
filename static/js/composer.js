// The composer keeps what is typed: on this device at once, on the server after a pause.
// Without script the same form is sent as it stands.

import { freshToken } from "./forms.js";
import { say } from "./layers.js";

const DEVICE_PAUSE = 400;
const SERVER_PAUSE = 5000;
const ANSWER_PAUSE = 8000;
const keepers = [];
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

/** Keep a draft on the server; the answer tells a session that has ended. */
function send(draft, token) {
  return fetch("/drafts/", {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": freshToken() || token },
    body: JSON.stringify(draft),
    redirect: "manual",
  });
}

/** Bring these drafts of the device to the server and forget those that arrived. */
export async function sendDrafts(keys, token) {
  for (const keep of keepers) keep();
  for (const key of keys) {
    try {
      const draft = JSON.parse(localStorage.getItem(key));
      const answer = await send({ ...draft, r: key.slice("draft:".length) }, token);
      if (answer.ok || answer.status === 404) localStorage.removeItem(key);
    } catch {
      // Offline, or not ours: it stays where it is.
    }
  }
}

/** Forget the device's draft that the server has confirmed; show what became of it. */
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
  const undo = document.querySelector('#flash form[action*="/undo/"]');
  const address = undo && undo.getAttribute("action").replace("undo/", "");
  const link = address && document.querySelector(`#timeline a[href="${address}"]`);
  if (!link) return;
  const heading = link.closest("h3");
  heading.closest("li").classList.add("new");
  heading.tabIndex = -1;
  heading.focus();
}

function start(form) {
  const text = form.elements.text;
  const key = form.elements.submit_key;
  const ownKey = key.value;
  const state = form.querySelector("[data-draft-state]");
  const who = form.querySelector("[data-who]");
  const words = form.querySelector("[data-save-words]");
  let deviceTimer = null;
  let serverTimer = null;
  let leaving = false;
  let checked = false;

  const dress = () => {
    const kind = form.querySelector('[name="kind"]:checked');
    if (kind) words.textContent = kind.dataset.save;
    const shared = form.elements.shared;
    who.textContent = shared.checked ? shared.dataset.both : shared.dataset.alone;
  };
  const keepOnDevice = () => {
    clearTimeout(deviceTimer);
    if (leaving || form.dataset.gone) return;
    const draft = { ...read(form), submit_key: key.value, at: clock(), caret: text.selectionStart };
    device((storage) => {
      if (draft.text.trim()) storage.setItem(storeKey(form), JSON.stringify(draft));
      else storage.removeItem(storeKey(form));
    });
    if (draft.text.trim()) state.textContent = `${form.dataset.draftDevice} ${draft.at}`;
  };
  const toServer = () => send({ ...read(form), r: form.dataset.key }, form.elements.csrfmiddlewaretoken.value);
  const keepOnServer = async () => {
    try {
      const answer = await toServer();
      if (answer.ok && (await answer.json()).kept && !leaving) state.textContent = `${form.dataset.draftServer} ${clock()}`;
    } catch {
      if (!navigator.onLine) state.textContent = form.dataset.offline;
    }
  };
  const changed = () => {
    // Words changed after a lost answer are an entry of their own.
    key.value = ownKey;
    dress();
    clearTimeout(deviceTimer);
    clearTimeout(serverTimer);
    deviceTimer = setTimeout(keepOnDevice, DEVICE_PAUSE);
    serverTimer = setTimeout(keepOnServer, SERVER_PAUSE);
  };
  const offline = () => {
    state.textContent = form.dataset.offline;
    say(form.dataset.offline);
  };
  /** Whether the session still lives; where not, ask to sign in beside this page. */
  const mayLeave = async () => {
    try {
      const answer = await toServer();
      if (answer.type !== "opaqueredirect" && answer.status !== 403) return true;
    } catch {
      offline();
      return false;
    }
    const gate = document.getElementById("again");
    gate.querySelector("[data-again]").addEventListener("click", () => {
      gate.close();
      form.requestSubmit();
    }, { once: true });
    gate.showModal();
    return false;
  };
  const submit = async (event) => {
    if (leaving) return void event.preventDefault();
    keepOnDevice();
    clearTimeout(serverTimer);
    if (!text.value.trim() || checked) {
      leaving = true;
      checked = false;
      // An answer that never comes must not lock the form.
      setTimeout(() => { leaving = false; }, ANSWER_PAUSE);
      return;
    }
    event.preventDefault();
    if (!navigator.onLine) return offline();
    checked = await mayLeave();
    if (checked) form.requestSubmit();
  };

  const known = device((storage) => JSON.parse(storage.getItem(storeKey(form)) || "null"));
  if (known && known.text && known.text !== text.value && !form.querySelector(".problem")) {
    write(form, known);
    if (known.submit_key) key.value = known.submit_key;
    state.textContent = `${form.dataset.draftRestored} ${known.at}`;
    text.setSelectionRange(known.caret, known.caret);
  }
  dress();
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("submit", submit);
  addEventListener("pagehide", keepOnDevice);
  keepers.push(() => {
    keepOnDevice();
    form.dataset.gone = "1";
  });
  addEventListener("pageshow", () => { leaving = false; });
}

/** Wire the composers inside `scope`, each once. */
export function startComposers(scope) {
  for (const form of scope.querySelectorAll("[data-composer]:not([data-started])")) {
    form.dataset.started = "1";
    start(form);
  }
}

forgetSaved();
startComposers(document);
