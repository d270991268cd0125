// Kept trials: their numbers, titles and the day, in this browser alone (localStorage). Nothing is sent to anyone.
// Draws the stars [data-keep], the count [data-kept-count] and the list of /shortlist/ from its <template>.
(() => {
  const KEY = "hcc-trials-kept";
  const MOST = 50;
  const NUMBER = /^NCT\d{8}$/;
  const LONGEST = 300;

  // What another page or hand wrote there is not trusted.
  const read = () => {
    try {
      const found = JSON.parse(localStorage.getItem(KEY) ?? "[]");
      const kept = Array.isArray(found) ? found.filter((one) => NUMBER.test(one?.id)) : [];
      return kept.slice(0, MOST).map((one) => ({
        id: one.id,
        title: String(one.title ?? "").slice(0, LONGEST),
        day: /^\d{4}-\d\d-\d\d$/.test(one.day) ? one.day : "",
      }));
    } catch {
      return [];
    }
  };

  const write = (kept) => {
    try {
      if (kept.length) {
        localStorage.setItem(KEY, JSON.stringify(kept));
      } else {
        localStorage.removeItem(KEY);
      }
      return true;
    } catch {
      return false;
    }
  };

  const say = (text) => {
    const live = document.getElementById("live");
    if (live) {
      live.textContent = text ?? "";
    }
  };

  const toggle = (button) => {
    const id = button.dataset.keep;
    const kept = read();
    const others = kept.filter((one) => one.id !== id);
    const isNew = others.length === kept.length;
    if (isNew && kept.length >= MOST) {
      say(button.dataset.fullSaid);
      return;
    }
    const now = new Date();
    const day = new Date(now - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10); // the reader's day
    const title = (button.dataset.title ?? "").slice(0, LONGEST);
    if (!write(isNew ? [...kept, { id, title, day }] : others)) {
      say(button.dataset.failedSaid);
      return;
    }
    say(isNew ? button.dataset.keptSaid : button.dataset.droppedSaid);
    draw();
  };

  const inWords = (day) =>
    day ? new Date(`${day}T12:00:00`).toLocaleDateString(document.documentElement.lang, { dateStyle: "long" }) : "";

  const drawRow = (template, one, isChosen) => {
    const row = template.content.cloneNode(true);
    const box = row.querySelector("input");
    box.value = one.id;
    box.checked = isChosen;
    box.id = `choose-${one.id}`;
    row.querySelector("label").htmlFor = box.id;
    for (const place of row.querySelectorAll("[data-number]")) {
      place.textContent = one.id;
    }
    const link = row.querySelector("[data-link]");
    link.href = link.dataset.link.replace("NCT00000000", one.id);
    link.textContent = one.title || one.id;
    row.querySelector("[data-day]").textContent = inWords(one.day);
    row.querySelector("[data-drop]").dataset.drop = one.id;
    return row;
  };

  const drawList = (kept) => {
    const list = document.getElementById("kept");
    const template = document.getElementById("kept-row");
    if (!list || !template) {
      return;
    }
    const old = [...list.querySelectorAll("input")];
    const chosen = new Set(old.filter((box) => box.checked).map((box) => box.value));
    list.replaceChildren(
      ...kept.map((one, place) => drawRow(template, one, old.length ? chosen.has(one.id) : place < 4)),
    );
    document.getElementById("no-script").hidden = true;
    document.getElementById("some-kept").hidden = !kept.length;
    document.getElementById("none-kept").hidden = kept.length > 0;
    drawChoice();
  };

  // Two to four can be compared; the page itself says so too.
  const drawChoice = () => {
    const form = document.getElementById("compare-kept");
    if (form) {
      const count = form.querySelectorAll("input:checked").length;
      form.querySelector("[data-compare]").setAttribute("aria-disabled", String(count < 2 || count > 4));
      form.querySelector("[data-choice]").textContent = `${count}`;
    }
  };

  const draw = () => {
    const kept = read();
    const ids = new Set(kept.map((one) => one.id));
    for (const button of document.querySelectorAll("[data-keep]")) {
      button.hidden = false;
      button.setAttribute("aria-pressed", String(ids.has(button.dataset.keep)));
    }
    for (const place of document.querySelectorAll("[data-kept-count]")) {
      place.textContent = kept.length ? `\u00a0(${kept.length})` : "";
    }
    drawList(kept);
  };

  document.addEventListener("click", (event) => {
    const at = (selector) => (event.target instanceof Element ? event.target.closest(selector) : null);
    const keep = at("[data-keep]");
    const drop = at("[data-drop]");
    const clear = at("[data-clear-kept]");
    if (keep) {
      toggle(keep);
    } else if (drop) {
      write(read().filter((one) => one.id !== drop.dataset.drop));
      say(drop.dataset.droppedSaid);
      draw();
      (document.querySelector("#kept input") ?? document.getElementById("main"))?.focus();
    } else if (clear) {
      write([]);
      say(clear.dataset.droppedSaid);
      draw();
      document.getElementById("main")?.focus();
    }
  });
  document.addEventListener("change", drawChoice);
  document.addEventListener("htmx:afterSettle", draw);
  window.addEventListener("storage", draw);
  window.addEventListener("pageshow", draw);
  draw();
})();
