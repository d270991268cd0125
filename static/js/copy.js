// Buttons that copy a text of the page or a link to a part of it, and that print. Each is hidden until it can work.
(() => {
  const say = (button) => {
    const live = document.getElementById("live");
    if (live) {
      live.textContent = button.dataset.copied ?? "";
    }
    button.classList.add("copied");
    setTimeout(() => button.classList.remove("copied"), 2000);
  };

  const textOf = (button) => {
    if (button.dataset.copyLink !== undefined) {
      return new URL(button.dataset.copyLink, location.href).href;
    }
    return document.querySelector(button.dataset.copy)?.textContent.trim() ?? "";
  };

  const copy = async (button) => {
    try {
      await navigator.clipboard.writeText(textOf(button));
      say(button);
    } catch {
      // refused: the text is marked instead, ready to be copied by hand
      const place = button.dataset.copy ? document.querySelector(button.dataset.copy) : null;
      if (place) {
        getSelection()?.selectAllChildren(place);
      }
    }
  };

  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-copy], [data-copy-link], [data-print]") : null;
    if (!button) {
      return;
    }
    if (button.hasAttribute("data-print")) {
      print();
    } else {
      copy(button);
    }
  });

  const canCopy = Boolean(navigator.clipboard);
  for (const button of document.querySelectorAll("[data-copy], [data-copy-link], [data-print]")) {
    button.hidden = !(canCopy || button.hasAttribute("data-print"));
  }
})();
