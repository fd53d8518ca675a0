// The evidence: from a number to its quote and back, more of a document in its card, the whole document in a reader.
(() => {
  const { said, calm } = window.safecite;
  const fetched = async (what, asked) => {
    const answer = await fetch(`/safecite/${what}?${new URLSearchParams(asked)}`);
    if (!answer.ok) throw new Error(answer.status);
    return answer.json();
  };
  const named = (card) => {
    const { snapshot, source, doc, marks } = card.dataset;
    return { snapshot, source, doc, marks };
  };
  const from = (html) => document.createRange().createContextualFragment(html); // made by us, every word escaped

  // The number of a quote leads to its words in the evidence and back; the address keeps what it holds.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.sc-badge, .sc-closest a[href^='#']");
    const target = link && document.getElementById(link.getAttribute("href").slice(1));
    if (!target) return;
    event.preventDefault();
    const folded = target.closest("details.sc-earlier");
    if (folded) folded.open = true;
    document.querySelectorAll(".sc-current").forEach((one) => one.classList.remove("sc-current"));
    target.classList.add("sc-current");
    target.focus({ preventScroll: true });
    target.scrollIntoView({ block: "center", behavior: calm() });
  });

  // One passage more, above or below what a card shows; what was in sight stays where it is, and so does the focus.
  const busy = (button, yes) => button.setAttribute("aria-disabled", yes);
  const more = async (button) => {
    if (button.ariaDisabled === "true") return;
    const card = button.closest(".sc-card"), context = card.querySelector(".sc-context");
    const way = button.matches(".sc-before") ? "before" : "after";
    const at = way === "before" ? context.dataset.start : context.dataset.end;
    busy(button, true);
    try {
      const found = await fetched("stretch", { ...named(card), way, at, count: 1 });
      const bottom = context.getBoundingClientRect().bottom;
      if (way === "before") context.prepend(from(found.html));
      else context.append(from(found.html));
      if (way === "before") scroller(card).scrollTop += context.getBoundingClientRect().bottom - bottom;
      context.dataset.start = Math.min(context.dataset.start, found.start);
      context.dataset.end = Math.max(context.dataset.end, found.end);
      if (!found[way]) { button.hidden = true; card.querySelector(".sc-whole").focus({ preventScroll: true }); }
    } catch {
      button.textContent = said.failed;
    }
    busy(button, false);
  };
  const scroller = (card) => {
    const panel = card.closest("#sc-evidence");
    return getComputedStyle(panel).overflowY === "auto" ? panel : document.scrollingElement;
  };

  // The reader: a dialog, so that focus goes in, stays in, and comes back.
  const make = (tag, attributes, ...inside) => {
    const made = Object.assign(document.createElement(tag), attributes);
    made.append(...inside);
    return made;
  };
  const open = async (card) => {
    const dialog = make("dialog", { className: "sc-reader" });
    const close = make("button", { type: "button", className: "sc-close", textContent: said.close });
    const title = make("h2", { id: "sc-reader-title", textContent: card.querySelector("header h3").textContent });
    const head = make("header", {}, title, close);
    const body = make("div", { className: "sc-reading", textContent: said.opening });
    body.setAttribute("role", "document");
    body.tabIndex = 0;
    dialog.setAttribute("aria-labelledby", title.id);
    dialog.append(head, body);
    dialog.addEventListener("close", () => dialog.remove());
    dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
    close.addEventListener("click", () => dialog.close());
    document.querySelector(".contain").append(dialog);
    dialog.showModal();
    const asked = named(card), first = asked.marks ? asked.marks.match(/:(\d+)/)[1] : card.querySelector(".sc-context").dataset.start;
    try {
      const found = await fetched("document", { ...asked, at: first });
      if (found.contents.length > 1) dialog.insertBefore(contents(found, body, asked), body);
      fill(body, found.stretch, asked);
      reach(body, body.querySelector("mark"));
    } catch {
      body.textContent = said.failed;
    }
  };
  const contents = ({ contents: entries, more }, body, asked) => {
    const top = Math.min(...entries.map((entry) => entry.level));
    const list = make("ul", {}, ...entries.map((entry) => {
      const button = make("button", { type: "button", textContent: entry.words });
      button.style.paddingInlineStart = `${(entry.level - top) * 0.9 + 0.6}rem`;
      button.addEventListener("click", () => go(body, entry.at, asked));
      return make("li", {}, button);
    }));
    if (more) list.append(make("li", { className: "sc-more", textContent: said.more }));
    const folded = make("details", { className: "sc-contents" }, make("summary", { textContent: said.contents }), list);
    folded.open = matchMedia("(min-width: 1000px)").matches;
    list.addEventListener("click", () => { if (matchMedia("(max-width: 999px)").matches) folded.open = false; });
    return make("nav", { ariaLabel: said.contents }, folded);
  };
  const go = async (body, at, asked) => {
    const there = () => body.querySelector(`[data-at="${at}"]`);
    if (!there()) fill(body, (await fetched("document", { ...asked, at })).stretch, asked);
    reach(body, there());
  };
  const reach = (body, target) => {
    if (!target) return;
    target.focus({ preventScroll: true });
    body.scrollTop = target.getBoundingClientRect().top - body.getBoundingClientRect().top + body.scrollTop - 90;
  };
  const fill = (body, stretch, asked) => {
    body.replaceChildren(from(stretch.html));
    if (stretch.before) body.prepend(further(body, "before", stretch.start, asked));
    if (stretch.after) body.append(further(body, "after", stretch.end, asked));
  };
  // The end of what is loaded: a button that presses itself when it comes near.
  const further = (body, way, at, asked) => {
    const button = make("button", { type: "button", className: "sc-further", textContent: way === "before" ? said.earlier : said.later });
    const load = async () => {
      if (button.ariaDisabled === "true") return;
      watch.disconnect();
      busy(button, true);
      try {
        const found = await fetched("stretch", { ...asked, way, at, count: 24 });
        const height = body.scrollHeight, top = body.scrollTop;
        const piece = from(found.html);
        if (way === "after" && found.after) piece.append(further(body, way, found.end, asked));
        if (way === "before" && found.before) piece.prepend(further(body, way, found.start, asked));
        button.replaceWith(piece);
        if (way === "before") body.scrollTop = top + body.scrollHeight - height;
      } catch {
        busy(button, false);
        button.textContent = said.failed;
      }
    };
    const watch = new IntersectionObserver((seen) => { if (seen.some((one) => one.isIntersecting)) load(); }, { root: body, rootMargin: "600px" });
    button.addEventListener("click", load);
    setTimeout(() => watch.observe(button), 300);
    return button;
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest(".sc-way");
    if (!button) return;
    if (button.matches(".sc-whole")) open(button.closest(".sc-card"));
    else more(button);
  });
})();
