// "Kopioi" beside a text that can be selected by hand as well: the button is there only where it works.
for (const button of document.querySelectorAll("[data-kopioi]")) {
  const field = document.getElementById(button.dataset.kopioi);
  const told = button.nextElementSibling;
  button.hidden = false;
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      if (!document.execCommand("copy")) return;
    }
    told.textContent = button.dataset.kopioitu;
  });
}
