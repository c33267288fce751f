// Keeps every choice at once; "Saved" stands there only after the server said so.
// Without this file the form saves on Next.
const form = document.getElementById("f");
const words = document.getElementById("saved");
const marks = [...form.querySelectorAll("[data-was]")];
const PAUSE = 1000;
const SOONEST = 2000;
const LATEST = 30000;
let timer = 0;
let wait = SOONEST;
let running = null;
let leaving = false;

const valueOf = (mark) => form.elements[mark.dataset.was].value;
// A mark holds what the server has; what differs from it is not kept yet.
const changed = () => marks.filter((mark) => valueOf(mark) !== mark.value);

function say(text, state = "") {
  words.textContent = text;
  words.parentElement.dataset.state = state;
}

async function post(marked) {
  const body = new FormData();
  for (const name of ["csrfmiddlewaretoken", "seat"]) body.set(name, form.elements[name].value);
  const sent = marked.map((mark) => [mark, valueOf(mark)]);
  for (const [mark, value] of sent) {
    body.set(mark.dataset.was, value);
    body.set(mark.name, mark.value);
  }
  const answer = await fetch(form.action, { method: "POST", body, headers: { "X-Save": "1" }, keepalive: true });
  if (answer.status === 204) for (const [mark, value] of sent) mark.value = value;
  return answer;
}

/** One request at a time, so that an earlier choice never arrives after a later one. */
async function keep() {
  while (changed().length) {
    let answer = null;
    try {
      answer = await post(changed());
    } catch {
      // No connection: tried again below.
    }
    if (answer?.status === 204) continue;
    if (answer && answer.status < 500) {
      say(answer.status === 422 ? await answer.text() : form.dataset.gone, "failed");
      return "refused";
    }
    say(form.dataset.later, "failed");
    timer = setTimeout(save, wait);
    wait = Math.min(wait * 2, LATEST);
    return "later";
  }
  wait = SOONEST;
  say(form.dataset.kept, "saved");
  return "kept";
}

function save() {
  clearTimeout(timer);
  running ??= keep().finally(() => {
    running = null;
  });
  return running;
}

/** Next and Back wait until all is kept; what is refused is shown by the server's page. */
async function leave(event) {
  if (leaving || !changed().length) return;
  event.preventDefault();
  const outcome = await save();
  if (outcome === "later" || leaving) return;
  leaving = true;
  form.requestSubmit(event.submitter);
}

form.addEventListener("change", (event) => {
  if (event.target.type !== "radio") return;
  say("");
  save();
});
form.addEventListener("input", (event) => {
  if (event.target.type === "radio") return;
  say("");
  clearTimeout(timer);
  timer = setTimeout(save, PAUSE);
});
form.addEventListener("submit", leave);
addEventListener("online", () => changed().length && save());
document.addEventListener("visibilitychange", () => document.hidden && changed().length && save());
addEventListener("beforeunload", (event) => {
  if (!leaving && words.parentElement.dataset.state === "failed" && changed().length) event.preventDefault();
});
