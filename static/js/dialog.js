// <a data-dialog="id" href="…"> opens <dialog id="id">; without JavaScript the link leads
// to a page that does the same. A click on the backdrop or on [data-close] closes it.
document.addEventListener("click", (event) => {
  const opener = event.target.closest?.("[data-dialog]");
  if (opener) {
    const dialog = document.getElementById(opener.dataset.dialog);
    if (!dialog) return;
    event.preventDefault();
    dialog.showModal();
    return;
  }
  const dialog = event.target.closest?.("dialog[open]");
  if (!dialog) return;
  if (event.target === dialog || event.target.closest("[data-close]")) {
    event.preventDefault();
    dialog.close();
  }
});
