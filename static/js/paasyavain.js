// The buttons of passkeys: shown where the browser knows passkeys, and given to allauth's script, which asks for one.
// What goes wrong is told by a sentence on the page.
(() => {
  if (!window.PublicKeyCredential) return;
  const virhe = document.getElementById("avain-virhe");
  document.querySelectorAll("[data-vaatii-avaimen]").forEach((part) => { part.hidden = false; });
  document.querySelectorAll("[data-avain]").forEach((button) => {
    const { credential, passwordless } = button.form.elements;
    const ids = { [button.dataset.avain]: button.id, credential: credential.id, data: "avain-tiedot" };
    if (passwordless) ids.passwordless = passwordless.id;
    window.allauth.webauthn.forms[`${button.dataset.avain}Form`]({ ids });
    button.addEventListener("click", () => { virhe.hidden = true; });
  });
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault(); // who closes the browser's own window has not met a fault of the page
    virhe.hidden = false;
  });
})();
