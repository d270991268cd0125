// Single keys for those who read many results: the list of them is the dialog #shortcuts, which also turns them off.
// Whether they are off is remembered in this browser alone. Words stand in the page; nothing is sent.
(() => {
  const KEY = "hcc-trials-keys";
  const TYPING = "input, select, textarea, [contenteditable], dialog";
  const ITEM = "#results .trial, #results .trial-row";

  const areOff = () => {
    try {
      return localStorage.getItem(KEY) === "off";
    } catch {
      return false;
    }
  };

  const remember = (on) => {
    try {
      if (on) {
        localStorage.removeItem(KEY);
      } else {
        localStorage.setItem(KEY, "off");
      }
    } catch {
      // a browser that keeps nothing has them on
    }
  };

  const current = () => document.activeElement?.closest(ITEM);
  const linkOf = (item) => item?.querySelector("h2 a, [data-open]");

  const step = (by) => {
    const items = [...document.querySelectorAll(ITEM)];
    const place = items.indexOf(current());
    const next = place < 0 ? items[0] : items[place + by];
    linkOf(next)?.focus();
  };

  const list = () => {
    const dialog = document.getElementById("shortcuts");
    if (dialog) {
      dialog.querySelector("[data-keys-on]").checked = !areOff();
      dialog.showModal();
      dialog.querySelector("[type=submit]").focus();
    }
  };

  const ACTIONS = {
    "/": () => document.getElementById("q")?.focus(),
    j: () => step(1),
    k: () => step(-1),
    o: () => linkOf(current())?.click(),
    c: () => current()?.querySelector("[data-keep]")?.click(),
    t: () => document.querySelector("[data-look]:not([aria-current])")?.click(),
    "?": list,
  };

  const STEPS = new Set(["j", "k"]); // may be held down

  document.addEventListener("keydown", (event) => {
    const isElsewhere = event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented;
    const isHeld = event.repeat && !STEPS.has(event.key);
    const action = Object.hasOwn(ACTIONS, event.key) ? ACTIONS[event.key] : null;
    if (!action || isElsewhere || isHeld || areOff() || document.querySelector("dialog[open]") || event.target.closest?.(TYPING)) {
      return;
    }
    event.preventDefault();
    action();
  });

  // The first column and the heads of the table stay where they are: what has the focus is never behind them.
  document.addEventListener("focusin", (event) => {
    if (event.target.matches(".dense td :focus-visible")) {
      event.target.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
  });

  document.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("[data-keys-open]")) {
      list();
    }
  });
  document.addEventListener("change", (event) => {
    if (event.target instanceof Element && event.target.matches("[data-keys-on]")) {
      remember(event.target.checked);
    }
  });

  // The way to the list is shown where it leads somewhere: htmx may bring a new one.
  const show = () => {
    for (const button of document.querySelectorAll("[data-keys-open]")) {
      button.hidden = false;
    }
  };
  document.addEventListener("htmx:afterSettle", show);
  show();
})();
