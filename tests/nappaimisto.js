// What a test asks of a page about the keyboard: which stops Tab should make, and how the one it is at shows.
window.nappaimisto = (() => {
  const FOCUSABLE = "a[href], button, input, select, textarea, summary, [tabindex]";
  const seen = { checkOpacity: false, visibilityProperty: true, contentVisibilityAuto: true };
  let stops = [], visits = [];

  const isStop = (el) =>
    el.tabIndex >= 0 && !el.disabled && el.type !== "hidden" && el.checkVisibility(seen) &&
    (el.localName !== "summary" || el === el.parentElement.querySelector(":scope > summary"));

  // Of a group of radio buttons Tab stops at the chosen one, or at the first.
  const radioStop = (el) => {
    if (el.type !== "radio") return true;
    const group = [...(el.form ?? document).querySelectorAll(`[type=radio][name="${el.name}"]`)];
    return el === (group.find((each) => each.checked) ?? group[0]);
  };

  const words = (el) => `<${el.localName}${el.id ? ` id=${el.id}` : ""}${el.name ? ` name=${el.name}` : ""}> ` +
    `”${(el.innerText || el.ariaLabel || el.value || "").trim().slice(0, 40)}”`;

  const start = () => {
    stops = [...document.querySelectorAll(FOCUSABLE)].filter((el) => isStop(el) && radioStop(el));
    document.activeElement.blur();
    stops[0]?.focus({ focusVisible: true });
    visits = stops.length ? [present()] : [];
    return stops.map(words);
  };

  // All of it must be in the window with nothing on top; of what is tall, a part in which one sees where one is.
  const ENOUGH = 40;
  const covered = (el) => {
    const box = el.getClientRects()[0];
    if (!box) return "ei näy";
    const x = Math.min(box.left + box.width / 2, innerWidth - 1);
    const needed = Math.min(ENOUGH, Math.floor(box.height) - 2);
    let free = 0, above = null;
    for (let y = Math.ceil(Math.max(box.top, 0)); y < Math.min(box.bottom, innerHeight) && free < needed; y += 1) {
      const hit = document.elementFromPoint(x, y);
      if (el.contains(hit)) free += 1;
      else above = hit;
    }
    if (free >= needed) return null;
    return above ? `on peitossa: ${words(above)}` : "on ikkunan ulkopuolella";
  };

  const outlined = (el) => [el, el.closest("label")].some((each) => {
    const style = each && getComputedStyle(each);
    return style && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  });

  // {stop: its number or -1, words, fault: what a person using the keyboard would miss, or null}
  const present = () => {
    const el = document.activeElement;
    if (!el || el === document.body) return { stop: -1, words: "ei missään", fault: null };
    const fault = covered(el) ?? (outlined(el) ? null : "ei näytä kohdistusta");
    return { stop: stops.indexOf(el), words: words(el), fault };
  };

  // Each stop is looked at when the key comes up: by then the page has scrolled to where the focus went.
  addEventListener("keyup", (event) => { if (event.key === "Tab") visits.push(present()); }, true);

  const notes = () => visits.splice(0);

  return { start, present, notes };
})();
