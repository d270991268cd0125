// The reader's own position, on request only: a click on a button [data-near-me] asks the browser for it, rounds it to a
// tenth of a degree (about 10 km) before it goes anywhere, and puts it into the field "near" of the button's form.
// The words stand in the page: data-asking, data-found, data-refused, data-failed, data-late. Nothing is kept or sent;
// the form is sent only if the button says data-near-submit.
const REFUSED = 1;
const LATE = 3;

function say(button, text) {
  const region = document.getElementById(button.dataset.nearSaid ?? "live");
  if (region) {
    region.textContent = text ?? "";
  }
}

function rounded(degrees) {
  return (Math.round(degrees * 10) / 10 + 0).toFixed(1);
}

function take(button, field, position) {
  button.disabled = false;
  field.value = `${rounded(position.coords.latitude)},${rounded(position.coords.longitude)}`;
  say(button, button.dataset.found);
  if (button.hasAttribute("data-near-submit")) {
    button.form.requestSubmit();
  }
}

function excuse(button, error) {
  button.disabled = false;
  const words = button.dataset;
  say(button, error.code === REFUSED ? words.refused : error.code === LATE ? (words.late ?? words.failed) : words.failed);
}

document.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest("[data-near-me]") : null;
  const field = button?.form?.elements.namedItem("near");
  if (!button || !field) {
    return;
  }
  event.preventDefault();
  button.disabled = true;
  say(button, button.dataset.asking);
  navigator.geolocation.getCurrentPosition(
    (position) => take(button, field, position),
    (error) => excuse(button, error),
    { enableHighAccuracy: false, timeout: 10000, maximumAge: 600000 },
  );
});

// Buttons are shown where they can work: htmx may bring new ones.
function show() {
  if (navigator.geolocation && window.isSecureContext) {
    for (const button of document.querySelectorAll("[data-near-me]")) {
      button.hidden = false;
    }
  }
}
document.addEventListener("htmx:afterSettle", show);
show();
