// The first page. What is asked in it is handed on through this tab's own memory, or to the real box: no address and no
// history keeps it. A box in use is not torn away.
(() => {
  const KEPT = "safecite-asked";
  const first = document.querySelector("#sc-first");
  const [box, form, line] = ["textarea", "form", ".sc-state"].map((one) => first.querySelector(one));
  let sent = sessionStorage.getItem(KEPT) ?? "";
  const show = () => {
    box.value = sent;
    box.readOnly = true;
    line.textContent = first.dataset.sent;
  };
  if (sent) show();
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (sent || !box.value.trim()) return;
    sent = box.value.trim();
    sessionStorage.setItem(KEPT, sent);
    show();
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); form.requestSubmit(); }
  });
  for (const example of first.querySelectorAll("main button")) {
    example.addEventListener("click", () => { if (!sent) { box.value = example.textContent; form.requestSubmit(); } });
  }

  // While the program starts: is the real page there?
  const look = async () => {
    try {
      const ready = (await fetch(first.dataset.poll, { cache: "no-store" })).ok;
      if (ready && (sent || !box.value.trim())) return location.reload();
      if (ready) line.textContent = first.dataset.ready;
    } catch { line.textContent = first.dataset.gone; }
    setTimeout(look, 400);
  };
  if (first.dataset.poll) return void look();

  // On top of the real page: what that runs is loaded once this one has been painted, or soon where nobody looks.
  const load = () => {
    for (const later of document.querySelectorAll(".sc-later")) {
      later.classList.remove("sc-later");
      document.head.append(Object.assign(document.createElement("script"), { type: "module", src: later.href }));
    }
  };
  requestAnimationFrame(() => setTimeout(load));
  setTimeout(load, 500);

  // Called by the real page once it listens; the question that was asked meanwhile comes when its box stands there.
  window.safeciteAsked = () => new Promise((resolve) => {
    const handOver = () => {
      const real = document.querySelector("#sc-ask textarea");
      if (!real || real.disabled || !document.querySelector("#sc-chat .example, #sc-chat .user-row")) return;
      watch.disconnect();
      const focused = document.activeElement === box, [from, to] = [box.selectionStart, box.selectionEnd];
      if (!sent && box.value) {
        real.value = box.value;
        real.dispatchEvent(new Event("input", { bubbles: true }));
      }
      first.remove();
      if (focused) real.focus();
      if (focused && !sent) real.setSelectionRange(from, to);
      sessionStorage.removeItem(KEPT);
      resolve(sent);
    };
    const watch = new MutationObserver(handOver);
    watch.observe(document, { childList: true, subtree: true, attributes: true, attributeFilter: ["disabled"] });
    handOver();
  });
})();
