// Plain words or the clinical view of a trial: which one is shown is remembered in this browser alone, never sent.
// Runs in the head, before anything is drawn, so that nothing jumps. Without it both are shown.
(() => {
  const KEY = "hcc-trials-view";
  const root = document.documentElement;

  const remembered = () => {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null;
    }
  };

  const show = (view) => {
    root.dataset.view = view === "clinical" ? "clinical" : "plain";
    for (const button of document.querySelectorAll("[data-show]")) {
      button.setAttribute("aria-pressed", String(button.dataset.show === root.dataset.view));
    }
  };

  const aimedAt = () => {
    try {
      return document.getElementById(decodeURIComponent(location.hash.slice(1)));
    } catch {
      return null; // "#%" is no name
    }
  };

  // A link may lead into the view that is hidden: then that one is shown, but not remembered.
  const reveal = () => {
    const target = aimedAt();
    const view = target?.closest("[data-only]")?.dataset.only;
    if (view && view !== root.dataset.view) {
      show(view);
      target.scrollIntoView();
    }
  };

  show(remembered());
  document.addEventListener("DOMContentLoaded", () => {
    show(root.dataset.view);
    for (const group of document.querySelectorAll("[data-views]")) {
      group.hidden = false;
    }
    reveal();
  });
  window.addEventListener("hashchange", reveal);
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-show]") : null;
    if (!button) {
      return;
    }
    show(button.dataset.show);
    try {
      localStorage.setItem(KEY, root.dataset.view);
    } catch {
      // a browser that keeps nothing still switches
    }
  });
})();
