// Shows the latest question at the top of the conversation, and copies an answer with its sources.
window.safeciteShowLatest = () => {
  const asked = document.querySelectorAll("#sc-chat .user-row");
  const last = asked[asked.length - 1];
  if (!last) return;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  setTimeout(() => last.scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" }), 60);
  if (matchMedia("(max-width: 999px)").matches) document.activeElement?.blur(); // a phone's keyboard would hide the answer
  const panel = document.querySelector("#sc-evidence");
  if (panel) panel.scrollTop = 0;
};

document.addEventListener("click", async (event) => {
  const button = event.target.closest(".sc-copy");
  if (!button) return;
  const label = button.textContent;
  let said = button.dataset.failed;
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
    said = button.dataset.done;
  } catch {
    // No clipboard (plain HTTP from another machine, or not allowed): the button says so.
  }
  button.textContent = said;
  setTimeout(() => { button.textContent = label; }, 1800);
});
