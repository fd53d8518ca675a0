// What is typed is handed on through this tab's own memory: no address and no history keeps it. A box in use is not torn
// away.
const [box, form, line] = ["textarea", "form", "p.sc-state"].map((one) => document.querySelector(one));
let sent = false;
form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (!box.value.trim()) return;
  sent = true;
  sessionStorage.setItem("safecite-asked", box.value.trim());
  box.readOnly = true;
  line.textContent = line.dataset.sent;
});
box.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); form.requestSubmit(); }
});
const look = async () => {
  try {
    const ready = (await fetch(POLL, { cache: "no-store" })).ok;
    if (ready && (sent || !box.value.trim())) return location.reload();
    if (ready) line.textContent = line.dataset.ready;
  } catch { line.textContent = line.dataset.gone; }
  setTimeout(look, 400);
};
look();
