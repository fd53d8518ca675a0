// The conversation: where it stands, what is copied, what the address asks, and whether safecite is still there.
window.safecite = (() => {
  const said = new Proxy({}, { get: (_, name) => document.querySelector('meta[name="safecite"]').dataset[name] });
  const narrow = () => matchMedia("(max-width: 999px)").matches;
  const calm = () => (matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth");
  const box = () => document.querySelector("#sc-ask textarea");

  // A new question goes to the top of the conversation and stays there while its answer comes. Focus stays where it
  // was; if what held it has gone, it goes to the answer, and on a phone it leaves the box, whose keyboard hides much.
  let asked = 0, holding = false;
  const follow = () => {
    const questions = [...document.querySelectorAll("#sc-chat .user-row")];
    const answer = [...document.querySelectorAll(".sc-answer")].at(-1);
    if (questions.length > asked) {
      holding = true;
      questions.at(-1).scrollIntoView({ block: "start", behavior: calm() });
      if (narrow() && document.activeElement === box()) answer?.focus({ preventScroll: true });
      const panel = document.querySelector("#sc-evidence");
      if (panel) panel.scrollTop = 0;
    }
    asked = questions.length;
    if (holding && document.activeElement === document.body) answer?.focus({ preventScroll: true });
    if (holding && answer && !answer.matches(".sc-waiting")) holding = false;
  };
  new MutationObserver(follow).observe(document.documentElement, { childList: true, subtree: true });

  // A question that was put and is not answered yet is kept in this tab's own memory: where the page is loaded anew,
  // as it has to be when safecite was started again, it is asked again, once (opening.js).
  const KEPT = "safecite-asked";
  const newest = () => [...document.querySelectorAll(".sc-answer:not(.sc-waiting)")].at(-1)?.id;
  let before = null; // the newest answer when it was put
  const keep = () => {
    if (!box()?.value.trim()) return;
    before = newest() ?? "";
    sessionStorage.setItem(KEPT, box().value.trim());
  };
  const forget = () => {
    if (before === null || (newest() ?? "") === before) return;
    before = null;
    sessionStorage.removeItem(KEPT);
  };
  addEventListener("keydown", (event) => {
    if (event.target === box() && event.key === "Enter" && !event.shiftKey && !event.isComposing) keep();
  }, true);
  addEventListener("click", (event) => {
    if (event.target.closest("#sc-ask .submit-button")) keep();
    if (event.target.closest("#sc-new")) sessionStorage.removeItem(KEPT);
  }, true);
  new MutationObserver(forget).observe(document.documentElement, { childList: true, subtree: true, attributeFilter: ["class"] });

  const focusBox = () => box()?.focus();

  // #q=…&place=…: the place is said in the question where it names none.
  const fromAddress = () => Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
  // The question that was asked on the first page, else that of the address.
  const atFirst = async () => {
    const q = await window.safeciteAsked?.();
    return q ? { q } : fromAddress();
  };
  addEventListener("hashchange", () => { if (fromAddress().q) location.reload(); });

  // A button says for a moment what became of it.
  const tell = (button, text) => {
    button.dataset.label ??= button.textContent;
    button.textContent = text;
    clearTimeout(button.timer);
    button.timer = setTimeout(() => { button.textContent = button.dataset.label; }, 1800);
  };
  const copy = async (button) => {
    const text = button.dataset.copy ?? location.origin + location.pathname + button.dataset.address;
    try {
      await navigator.clipboard.writeText(text);
      tell(button, button.dataset.done);
    } catch {
      tell(button, button.dataset.failed); // no clipboard: plain HTTP from another machine, or not allowed
    }
  };
  const judge = async (button) => {
    const asked = new URLSearchParams({ answer: button.dataset.answer, verdict: button.dataset.verdict });
    const kept = await fetch(`/safecite/feedback?${asked}`, { method: "POST" }).then((r) => r.ok, () => false);
    if (kept) for (const one of button.parentElement.children) one.setAttribute("aria-pressed", one === button);
    tell(button, kept ? button.dataset.done : button.dataset.failed);
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest(".sc-copy, .sc-verdict");
    if (button) (button.matches(".sc-copy") ? copy : judge)(button);
  });

  // Is safecite still there, and is it the one that this page came from?
  let first = null;
  const banner = (text, anew) => {
    let line = document.querySelector("#sc-gone");
    if (!text) return line?.remove();
    if (!line) {
      line = Object.assign(document.createElement("div"), { id: "sc-gone" });
      line.setAttribute("role", "alert");
      document.querySelector(".contain").append(line);
    }
    if (line.dataset.text === text) return;
    line.dataset.text = line.textContent = text;
    if (!anew) return;
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: said.anew });
    button.addEventListener("click", () => location.reload());
    line.append(button);
  };
  const look = async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch("/safecite/alive", { cache: "no-store" });
      if (!answer.ok) return;
      const now = await answer.text();
      first ??= now;
      banner(now === first ? "" : said.back, now !== first);
    } catch {
      banner(said.gone, false);
    }
  };
  setInterval(look, 5000);
  look();

  // An event that does not get through is sent again until it does. Gradio would take it for the end of all: it would put
  // off what is asked from then on, and load the page anew, with nothing on it, as soon as safecite is there again.
  const through = window.fetch;
  window.fetch = async (...given) => {
    if (!String(given[0]).includes("/gradio_api/run/")) return through(...given);
    for (;;) {
      try {
        return await through(...given);
      } catch {
        look();
        await new Promise((resolve) => { setTimeout(resolve, 1000); });
      }
    }
  };

  return { said, calm, focusBox, fromAddress, atFirst };
})();
