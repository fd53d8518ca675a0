// The tabs beside the conversation: what the address asks of them, printing, and ways within a long page.
(() => {
  const { fromAddress, calm } = window.safecite;
  const TABS = ["brief", "compare", "changes", "library"]; // an address can ask for these
  const within = (name) => Boolean(fromAddress()[name]);

  // #brief=KZ, #compare=KZ,UZ: that tab is shown, and takes what the address asks once.
  let taken = "";
  const asked = (name) => {
    if (!within(name) || taken === location.hash) return {};
    taken = location.hash;
    return fromAddress();
  };
  const show = () => {
    const name = TABS.find(within);
    if (!name) return;
    const look = setInterval(() => {
      const tab = document.getElementById(`sc-tab-${name}-button`);
      if (!tab) return;
      clearInterval(look);
      tab.click();
    }, 50);
  };
  addEventListener("hashchange", () => { if (TABS.some(within) && taken !== location.hash) location.reload(); });
  show();

  // What was made is where a reader goes on: its heading gets the focus.
  const toHeading = (id) => document.querySelector(`#${id} h2`)?.focus({ preventScroll: true });

  document.addEventListener("click", (event) => {
    if (event.target.closest(".sc-print")) print();
    const jump = event.target.closest("a.sc-jump");
    if (!jump) return;
    event.preventDefault();
    const heading = document.querySelector(`${jump.getAttribute("href")} h3`);
    heading.focus({ preventScroll: true });
    heading.scrollIntoView({ block: "start", behavior: calm() });
  });

  // On paper nothing can be unfolded, so everything is.
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll(".sc-brief details:not([open]), .sc-changes details:not([open])")];
    folded.forEach((one) => { one.open = true; });
  });
  addEventListener("afterprint", () => folded.forEach((one) => { one.open = false; }));

  Object.assign(window.safecite, { asked, toHeading });
})();
