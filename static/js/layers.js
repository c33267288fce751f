// Theme switch, open menus, the phone's sheet, messages.

const root = document.documentElement;

function switchTheme() {
  const next = root.dataset.bsTheme === "dark" ? "light" : "dark";
  try {
    localStorage.setItem("theme", next);
  } catch {
    // Storage is off: the choice holds for this page.
  }
  dispatchEvent(new CustomEvent("themechoice", { detail: next }));
  return next;
}

/** Close every open menu but the one that holds `inside`; say whether one was open. */
export function closeMenus(inside) {
  let closed = false;
  for (const menu of document.querySelectorAll("details.menu[open], details.me[open], details.askonce[open]")) {
    if (inside && menu.contains(inside)) continue;
    const held = menu.contains(document.activeElement);
    menu.open = false;
    if (held) menu.querySelector("summary").focus();
    closed = true;
  }
  return closed;
}

/** Put words into the polite live region; emptied first, so that a repeat is read too. */
export function say(words) {
  const region = document.getElementById("status");
  if (!region) return;
  region.textContent = "";
  setTimeout(() => {
    region.textContent = words;
  }, 60);
}

/** Show a line at the foot of the page, with an act if there is one. */
export function flash(words, label, act) {
  const box = document.getElementById("flash");
  const line = document.createElement("div");
  const text = document.createElement("span");
  text.textContent = words;
  line.append(text);
  if (label) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.addEventListener("click", () => {
      line.remove();
      act();
    });
    line.append(button);
  }
  const close = document.createElement("button");
  close.type = "button";
  close.className = "x";
  close.dataset.dismiss = "";
  close.setAttribute("aria-label", document.body.dataset.closeWord);
  close.textContent = "×";
  line.append(close);
  box.replaceChildren(line);
  say(words);
}

function onClick(event) {
  const target = event.target;
  closeMenus(target);
  if (target.closest("[data-theme-toggle]")) switchTheme();
  if (target.closest("[data-dismiss]")) target.closest("[data-dismiss]").parentElement.remove();
  const closer = target.closest("[data-close]");
  if (closer) closer.closest("dialog").close();
  const opener = target.closest("[data-dialog]");
  if (opener) document.getElementById(opener.dataset.dialog).showModal();
  // A click on the backdrop is a click on the dialog itself, outside its content.
  if (target.tagName === "DIALOG") {
    const box = target.getBoundingClientRect();
    const outside =
      event.clientY < box.top || event.clientY > box.bottom ||
      event.clientX < box.left || event.clientX > box.right;
    if (outside && event.detail) target.close();
  }
}

export function startLayers() {
  document.addEventListener("click", onClick);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || document.querySelector("dialog[open]")) return;
    if (closeMenus()) return;
    if (location.hash === "#rail") {
      location.hash = "";
      document.querySelector('.tabbar a[href="#rail"]').focus();
    }
  });
  const offline = document.body.dataset.offline;
  if (offline) addEventListener("offline", () => flash(offline));
  const box = document.getElementById("flash");
  if (box && box.textContent.trim()) {
    say([...box.querySelectorAll("span")].map((part) => part.textContent.trim()).join(" "));
  }
}
