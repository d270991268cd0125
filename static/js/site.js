// Small comforts; every page works without them.
// Tells screen readers what an htmx answer brought, in the one live region that is there from the start.
document.addEventListener("htmx:afterSettle", (event) => {
  const results = document.getElementById("results");
  const live = document.getElementById("live");
  if (results && live && event.detail.elt) {
    live.textContent = results.dataset.announce ?? "";
  }
});
