// Keeps every choice at once; "Saved" stands there only after the server said so.
// Without this file the form saves on Next.
const form = document.getElementById("f");
const status = document.getElementById("saved");
const PAUSE = 1000;
const AGAIN = 4000;
let timer = 0;
let asked = 0;

const say = (words) => {
  status.textContent = words;
};

const save = async () => {
  const own = ++asked;
  clearTimeout(timer);
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body: new FormData(form),
      headers: { "X-Save": "1" },
    });
    if (own !== asked) return;
    if (answer.status === 204) say(form.dataset.save);
    else if (answer.status === 422) say(await answer.text());
    else say(form.dataset.fail);
  } catch {
    if (own !== asked) return;
    say(form.dataset.fail);
    timer = setTimeout(save, AGAIN);
  }
};

form.addEventListener("change", (event) => {
  if (event.target.type === "radio") save();
});
form.addEventListener("input", (event) => {
  if (event.target.type === "radio") return;
  say("");
  clearTimeout(timer);
  timer = setTimeout(save, PAUSE);
});
addEventListener("pagehide", () => clearTimeout(timer));
