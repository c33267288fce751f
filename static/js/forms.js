// Forms: error summary, growing text areas, one submit per press, save by keyboard.

function focusField(link) {
  const field = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!field) return false;
  const box = field.closest(".field") || field;
  const label = box.querySelector("legend, label") || box;
  label.scrollIntoView({ block: "center" });
  const target = field.matches("input, select, textarea, button") ? field : field.querySelector("input, select, textarea");
  (target || field).focus({ preventScroll: true });
  return true;
}

function grow(area) {
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight + area.offsetHeight - area.clientHeight}px`;
}

/** The token of the cookie: after signing in again in another tab the page's is stale. */
export function freshToken() {
  const found = document.cookie.match(/(?:^|;\s*)csrftoken=([^;]+)/);
  return found ? found[1] : null;
}

function refreshToken(form) {
  const field = form.elements.csrfmiddlewaretoken;
  const token = freshToken();
  if (field && token) field.value = token;
}

function onSubmit(event) {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  refreshToken(form);
  if (form.matches("[data-hx-post], [hx-post], [data-composer]")) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "1";
  const button = event.submitter;
  if (button) button.setAttribute("aria-busy", "true");
  // An answer that never comes must not lock the form.
  setTimeout(() => delete form.dataset.sent, 8000);
}

/** Wire what is inside `scope`: the whole page, or a part that was just swapped in. */
export function startForms(scope) {
  if (!CSS.supports("field-sizing", "content")) {
    for (const area of scope.querySelectorAll("textarea")) {
      if (area.dataset.grows) continue;
      area.dataset.grows = "1";
      area.addEventListener("input", () => grow(area));
      if (area.value) grow(area);
    }
  }
  const summary = scope.querySelector(".problem");
  if (summary) summary.focus();
  if (scope === document) startDocument();
}

/** Say a typed date in words, as the server reads it; a failure leaves the form as it is. */
async function echo(input) {
  const place = document.getElementById(`${input.id}_echo`);
  if (!place) return;
  const text = input.value.trim();
  if (!text) {
    place.textContent = "";
    return;
  }
  try {
    const answer = await fetch(`${input.dataset.echo}?text=${encodeURIComponent(text)}`);
    if (answer.ok && input.value.trim() === text) place.textContent = await answer.text();
  } catch {
    place.textContent = "";
  }
}

function startDocument() {
  document.addEventListener("change", (event) => {
    if (event.target.matches("input[data-echo]")) echo(event.target);
  });
  document.addEventListener("submit", onSubmit);
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".problem a[href^='#']");
    if (link && focusField(link)) event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    const form = event.target.closest && event.target.closest("form");
    if (!form || form.method !== "post") return;
    event.preventDefault();
    form.requestSubmit(form.querySelector(".btn-primary[type=submit], .btn-primary:not([type])") || undefined);
  });
  // A page that comes back from the browser's memory is ready to be sent again.
  addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) {
      delete form.dataset.sent;
      for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
    }
  });
}
