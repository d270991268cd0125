// Small comforts; every page works without them.
// Tells screen readers what an htmx answer brought, in the one live region that is there from the start.
document.addEventListener("htmx:afterSettle", (event) => {
  const results = document.getElementById("results");
  const live = document.getElementById("live");
  if (results && live && event.detail.elt) {
    live.textContent = results.dataset.announce ?? "";
  }
});

// Fields that were left blank stay out of the address.
document.addEventListener("htmx:configRequest", (event) => {
  const fields = event.detail.formData;
  for (const [name, value] of [...fields.entries()]) {
    if (typeof value === "string" && value.trim() === "") {
      fields.delete(name);
    }
  }
});

// An answer that asks back (400: which town?) takes the results' place like any other, which htmx leaves to us. Whatever
// has no results in it is opened as the page that it is.
document.addEventListener("htmx:beforeSwap", (event) => {
  const answer = event.detail;
  if (answer.xhr.status < 400 || !(answer.target instanceof Element) || answer.target.id !== "results") {
    return;
  }
  if (answer.xhr.responseText.includes('id="results"')) {
    answer.shouldSwap = true;
    answer.isError = false;
  } else {
    window.location.assign(answer.xhr.responseURL);
  }
});
