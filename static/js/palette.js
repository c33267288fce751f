// Find, go, do: Ctrl+K or /. Without script the same link opens the search page.

const WAIT = 80;

function option(list, index) {
  const options = list.querySelectorAll('[role="option"]');
  if (!options.length) return null;
  return options[(index + options.length) % options.length];
}

function choose(input, list, item) {
  for (const other of list.querySelectorAll('[aria-selected="true"]')) other.setAttribute("aria-selected", "false");
  if (!item) {
    input.removeAttribute("aria-activedescendant");
    return;
  }
  item.setAttribute("aria-selected", "true");
  input.setAttribute("aria-activedescendant", item.id);
  item.scrollIntoView({ block: "nearest" });
}

function follow(item, event) {
  if (!item || !item.dataset.href) return;
  if (event.ctrlKey || event.metaKey) window.open(item.dataset.href, "_blank", "noopener");
  else location.href = item.dataset.href;
}

function finder(dialog) {
  const input = dialog.querySelector("input");
  const list = dialog.querySelector("ul");
  let timer = null;
  let request = null;

  const current = () => list.querySelector('[aria-selected="true"]');
  const move = (step) => {
    const options = [...list.querySelectorAll('[role="option"]')];
    choose(input, list, option(list, options.indexOf(current()) + step));
  };

  async function ask() {
    if (request) request.abort();
    request = new AbortController();
    const address = `${dialog.dataset.url}?q=${encodeURIComponent(input.value.trim())}`;
    try {
      const answer = await fetch(address, { signal: request.signal, headers: { "HX-Request": "true" } });
      if (!answer.ok) throw new Error(answer.status);
      list.innerHTML = await answer.text();
      list.querySelectorAll('[role="option"]').forEach((item, index) => {
        item.id = `found-${index}`;
        item.setAttribute("aria-selected", "false");
      });
      choose(input, list, option(list, 0));
      input.setAttribute("aria-expanded", String(list.childElementCount > 0));
      dialog.querySelector("[role=status]").textContent = list.firstElementChild?.dataset.count || "";
    } catch (error) {
      // A newer question replaced this one; anything else leaves Enter to the full search.
      if (error.name !== "AbortError") list.replaceChildren();
    }
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && !event.isComposing && current()) {
      event.preventDefault();
      follow(current(), event);
    }
  });
  list.addEventListener("click", (event) => follow(event.target.closest('[role="option"]'), event));
  list.addEventListener("pointermove", (event) => {
    const item = event.target.closest('[role="option"]');
    if (item && item !== current()) choose(input, list, item);
  });
  return () => {
    if (dialog.open) return;
    dialog.showModal();
    input.select();
    ask();
  };
}

export function startPalette() {
  const dialog = document.getElementById("palette");
  if (!dialog) return;
  const open = finder(dialog);
  addEventListener("palette", open);
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-palette]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open();
  });
}
