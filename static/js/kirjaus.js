// The entry page with JavaScript: a row is saved as one moves on, what is not is kept in this browser.
// htmx sends each row and puts in the parts that changed; it never touches a field.
(() => {
  "use strict";
  const form = document.getElementById("kirjaus");
  if (!form || !window.htmx) return;

  const SENT = ["lahetetty", "hyvaksytty"];
  const isPaged = Boolean(document.querySelector(".pages"));
  const PAUSE = 2500, RETRY = 5000, RETRY_AT_MOST = 60000, WAIT_AT_MOST = 4000, KEPT_DAYS = 60;

  // --- a row, its fields and what is known of it

  const states = new Map();
  const byId = (id) => document.getElementById(id);
  const rowOf = (el) => el.closest?.("#kirjaus .entry");
  const rows = () => [...form.querySelectorAll(".entry")];
  const field = (row, name) => form.elements.namedItem(`${row.id}-${name}`);
  const tilaOf = (row) => byId(`${row.id}-tila`).dataset.tila;
  // What another toimiala leads is commented on, and waits for nobody.
  const isCommented = (row) => row.classList.contains("kommentoitava");
  const isSent = (row) => isCommented(row) || SENT.includes(tilaOf(row));
  const conflictOf = (row) => byId(`${row.id}-ristiriita`) ?? row.querySelector("[data-ristiriita]");
  const inConflict = (row) => Boolean(conflictOf(row));

  // What the row asks is what stands on it: a card of mittarit has no score, and a row may have mittarit or none.
  const NOT_WRITTEN = /^([mon]\d+-)?(versio|nahty|id)$|^yhdistetty|^toimenpide$/;
  const asked = new WeakMap();
  const fieldsOf = (row) => {
    if (!asked.has(row)) {
      const names = [...row.querySelectorAll("input, textarea, select")].map((each) => each.name);
      const own = names.filter((name) => name.startsWith(`${row.id}-`)).map((name) => name.slice(row.id.length + 1));
      asked.set(row, [...new Set(own)].filter((name) => !NOT_WRITTEN.test(name)));
    }
    return asked.get(row);
  };
  const isChoice = (row, name) => !(field(row, name) instanceof Element) || field(row, name).localName === "select";
  const textsOf = (row) => fieldsOf(row).filter((name) => !isChoice(row, name));
  const radiosOf = (row, name) => [...row.querySelectorAll(`input[type=radio][name="${row.id}-${name}"]`)];
  const versionsOf = (row) => [...row.querySelectorAll("input[type=hidden]")].filter((each) => each.name.endsWith("-versio"));
  const tunnusOf = (row) => row.id.replace(/^t/, "");
  const isAnswered = (values) => ("aste" in values ? Boolean(values.aste)
    : Object.entries(values).some(([name, value]) => name.endsWith("-teksti") && value));

  const clean = (values) => (values.aste === "ei" || !("syy" in values) ? values : { ...values, syy: "" });
  const read = (row) => clean(Object.fromEntries(fieldsOf(row).map((name) => [name, field(row, name).value])));
  const snapshot = (row) => JSON.stringify(read(row));

  // As the server sent the row: the browser may have filled the fields since.
  const stored = (row) => clean(Object.fromEntries(fieldsOf(row).map((name) => [name, storedOf(row, name)])));
  const storedOf = (row, name) => {
    const each = field(row, name);
    if (!(each instanceof Element)) return radiosOf(row, name).find((radio) => radio.defaultChecked)?.value ?? "";
    if (each.localName !== "select") return each.defaultValue;
    return ([...each.options].find((option) => option.defaultSelected) ?? each.options[0]).value;
  };

  const stateOf = (row) => {
    if (!states.has(row.id)) {
      const saved = row.hasAttribute("data-kesken") ? null : JSON.stringify(stored(row));
      states.set(row.id, { saved, tila: tilaOf(row), pressed: {}, sending: false, failed: "", refused: null });
    }
    return states.get(row.id);
  };
  const isDirty = (row) => snapshot(row) !== stateOf(row).saved;
  const isBusy = () => [...states.values()].some((state) => state.sending);

  const write = (row, values) => {
    for (const name of fieldsOf(row)) {
      if (!(name in values)) continue;
      const radios = radiosOf(row, name);
      for (const radio of radios) radio.checked = radio.value && radio.value === values[name];
      if (radios.length) continue;
      if (name !== "syy") fill(field(row, name), values[name]);
      else if (values.syy) field(row, name).value = values.syy;
    }
    row.querySelectorAll("textarea").forEach(grow);
  };

  const fill = (area, text) => {
    area.value = text;
    if (text && area.closest(".extra")) area.closest(".extra").open = true;
  };

  const grow = (area) => {
    if (CSS.supports("field-sizing", "content")) return;
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight + 4}px`;
  };

  // --- words, all from the page

  const words = byId("kirjaus-sanat").content;
  const say = (row, name) => {
    const place = byId(`${row.id}-viesti`);
    place.classList.toggle("bad", Boolean(name));
    place.replaceChildren(...(name ? words.querySelector(`[data-sana=${name}]`).cloneNode(true).childNodes : []));
  };
  let told = "";
  const tell = (name) => {
    told = name;
    byId("tiedote").textContent = name ? words.querySelector(`[data-sana=${name}]`).textContent : "";
  };

  // --- what is not saved yet: one key for each row and window, under the kunta, person and jakso

  const OWN = `${form.dataset.avain}:`;
  const WINDOW = Date.now().toString(36) + Math.random().toString(36).slice(2, 6);
  const keyOf = (row) => `${OWN}${row.id}:${WINDOW}`;
  const memory = (work) => { try { return work(window.localStorage); } catch { return undefined; } };
  const versiotOf = (row) => Object.fromEntries(versionsOf(row).map((each) => [each.name.slice(row.id.length + 1), each.value]));
  const keep = (row) => memory((storage) => {
    storage.setItem(keyOf(row), JSON.stringify({ versiot: versiotOf(row), kentat: read(row), aika: Date.now() }));
    return true;
  });
  const forget = (key) => memory((storage) => storage.removeItem(key));
  const remember = (row) => { if (isDirty(row)) stateOf(row).kept = keep(row); else forget(keyOf(row)); };

  // --- saving

  // One request of a row at a time: what is pressed meanwhile goes with the next one.
  const send = (row, pressed = {}) => {
    const state = stateOf(row);
    clearTimeout(state.timer);
    state.pressed = merge(state.pressed, pressed);
    if (state.sending) return;
    state.sending = true;
    htmx.process(row); // one that was drawn anew just now would hear nothing yet
    htmx.trigger(row, "tallenna");
  };

  // Of two units that are taken away one after the other both go.
  const merge = (first, next) => {
    const units = [first.poista_osa ?? [], next.poista_osa ?? []].flat();
    return { ...first, ...next, ...(units.length && { poista_osa: units }) };
  };

  // Of two texts the person chooses with a button; what was refused is sent again when changed.
  const save = (row) => {
    const state = stateOf(row), waits = isDirty(row) && !inConflict(row) && state.refused !== snapshot(row);
    if (waits || Object.keys(state.pressed).length) send(row);
  };
  const saveAll = () => rows().forEach(save);

  form.addEventListener("input", (event) => {
    const row = rowOf(event.target);
    if (!row || !fieldsOf(row).some((name) => event.target.name === `${row.id}-${name}`)) return;
    const state = stateOf(row);
    remember(row);
    if (isDirty(row) && !state.failed) say(row, "");
    clearTimeout(state.timer);
    state.timer = setTimeout(() => save(row), PAUSE);
    if (event.target.localName === "textarea") grow(event.target);
    join(row, state);
  });
  // What is written on comes into the joined text too, until that has been touched.
  const join = (row, { refused }) => {
    const both = byId(`${row.id}-yhdistetty`);
    if (!both || !refused || both.value !== (both.offered ?? both.defaultValue)) return;
    const text = both.defaultValue, shown = JSON.parse(refused).kommentti.trim();
    const theirs = text.endsWith(shown) ? text.slice(0, text.length - shown.length).trim() : text;
    both.value = both.offered = [theirs, field(row, "kommentti").value.trim()].filter(Boolean).join("\n\n");
  };
  // The value of a mittari is told what it means as soon as it is whole.
  form.addEventListener("change", (event) => {
    const row = rowOf(event.target);
    if (row && /-m\d+-teksti$/.test(event.target.name)) save(row);
  });
  form.addEventListener("focusout", (event) => {
    const row = rowOf(event.target);
    if (row && !row.contains(event.relatedTarget)) save(row);
  });
  document.addEventListener("visibilitychange", saveAll);
  window.addEventListener("online", saveAll);
  window.addEventListener("beforeunload", (event) => {
    if (rows().some((row) => isDirty(row) && !stateOf(row).kept)) event.preventDefault();
  });

  form.addEventListener("htmx:configRequest", (event) => {
    const { elt: row, formData: data } = event.detail, state = stateOf(row);
    for (const name of [...data.keys()]) {
      if (name !== "kirjaaja" && !name.startsWith(`${row.id}-`)) data.delete(name);
    }
    // Signing in again elsewhere changes the token: the cookie has it.
    const token = document.cookie.match(/(?:^|; )(?:__Host-)?csrftoken=([^;]+)/)?.[1];
    data.set("csrfmiddlewaretoken", token ?? form.elements.csrfmiddlewaretoken.value);
    data.set("rivi", tunnusOf(row));
    if (row.localName === "details") data.set("taitettu", "1");
    for (const [name, value] of Object.entries(state.pressed)) {
      data.delete(name);
      [value].flat().forEach((each) => data.append(name, each));
    }
    Object.assign(state, { sent: snapshot(row), asked: state.pressed, pressed: {} });
  });

  // Only an answer that says what became of the row is put in: not the sign-in page.
  const outcomeOf = (xhr) => (xhr.status ? xhr.getResponseHeader("X-Kirjaus") : null);
  document.addEventListener("htmx:beforeOnLoad", (event) => {
    const { elt: row, xhr } = event.detail, state = states.get(row.id);
    if (!state) return;
    if (!outcomeOf(xhr)) event.preventDefault();
    else if (snapshot(row) !== state.sent) state.typed = read(row);
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (outcomeOf(event.detail.xhr)) Object.assign(event.detail, { shouldSwap: true, isError: false });
  });

  document.addEventListener("htmx:afterRequest", (event) => {
    const { requestConfig: { elt }, xhr } = event.detail, state = states.get(elt.id), row = byId(elt.id);
    if (!state || !row) return;
    const outcome = outcomeOf(xhr);
    state.sending = false;
    if (!outcome) fail(row, state, reasonOf(xhr));
    else if (outcome === "tallennettu") succeed(row, state, row !== elt);
    else refuse(row, state, outcome === "lahettamatta");
    state.typed = null;
    if (outcome && Object.keys(state.pressed).length) setTimeout(() => save(row), 0);
    setTimeout(whenDone, 0);
  });

  const succeed = (row, state, replaced) => {
    Object.assign(state, { saved: replaced ? JSON.stringify(stored(row)) : state.sent, failed: "", refused: null });
    if (replaced && state.typed) write(row, state.typed);
    if (replaced) row.querySelectorAll("textarea").forEach(grow);
    retryIn = RETRY;
    const isReturned = recount(row, state) && state.tila === "palautettu";
    recountPage();
    markErrors(row, false);
    remember(row);
    if (isDirty(row)) state.timer = setTimeout(() => save(row), PAUSE);
    // That no row waits for an answer stays true when the last of them is saved.
    if (state.asked.laheta) tell("lahetetty");
    else if (isReturned) tell("palautettu");
    else if (told !== "vastattu") tell("");
    if (state.asked.laheta) moveOn(row);
    else if (replaced && isFree(row)) (row.querySelector("[autofocus]")?.focus() ?? goTo(row));
  };

  const refuse = (row, state, isSaved) => {
    Object.assign(state, { failed: "", refused: state.sent });
    if (isSaved) state.saved = state.sent;
    recount(row, state);
    recountPage();
    tell(isSaved ? "" : "kesken");
    markErrors(row, true);
    remember(row);
    if (row.localName === "details") row.open = true;
    if (Object.keys(state.asked).length) (conflictOf(row) ?? row.querySelector("[aria-invalid=true], [type=radio], .luku"))?.focus();
  };

  const markErrors = (row, unsettled) => {
    row.classList.toggle("virhe", unsettled);
    byId(`${row.id}-viesti`).classList.toggle("bad", unsettled);
    for (const name of textsOf(row)) {
      const faulty = byId(`${row.id}-${name}_error`).textContent !== "", area = field(row, name);
      area.toggleAttribute("aria-invalid", false);
      if (!faulty) continue;
      area.setAttribute("aria-invalid", "true");
      if (area.closest(".extra")) area.closest(".extra").open = true;
    }
  };

  const reasonOf = ({ status }) => {
    if (status === 0) return "poikki";
    if (status < 400 || status === 401) return "istunto";
    return { 403: "vaihtui", 404: "suljettu" }[status] ?? "hairio";
  };

  let retryIn = RETRY, retryTimer;
  const fail = (row, state, reason) => {
    Object.assign(state, { failed: reason, pressed: merge(state.asked, state.pressed) });
    remember(row);
    say(row, reason);
    tell("kesken");
    clearTimeout(retryTimer);
    if (reason !== "poikki" && reason !== "hairio") return;
    retryTimer = setTimeout(saveAll, retryIn);
    retryIn = Math.min(retryIn * 2, RETRY_AT_MOST);
  };

  // --- the figures at the top

  const recount = (row, state) => {
    const before = state.tila, now = tilaOf(row);
    if (before === now) return false;
    state.tila = now;
    row.classList.remove(before);
    row.classList.add(now);
    for (const [tila, step] of [[before, -1], [now, 1]]) {
      const place = document.querySelector(`[data-maara="${tila}"]`);
      if (place) place.textContent = Number(place.textContent) + step;
    }
    const bar = document.querySelector(".status progress");
    bar.value += isSent(row) - SENT.includes(before);
    const figures = `${bar.value} / ${bar.max}`;
    bar.setAttribute("aria-label", bar.getAttribute("aria-label").replace(/^\d+ \/ \d+/, figures));
    byId("lahetetyt").textContent = figures;
    return true;
  };

  // Of many pages the figure beside this one's name, as the server would count it.
  const wasAnswered = (row) => isAnswered(JSON.parse(stateOf(row).saved ?? "{}"));
  const recountPage = () => {
    const places = document.querySelectorAll(".pages [aria-current] [data-vastaamatta]");
    const left = places.length && rows().filter((row) => !isSent(row) && !wasAnswered(row)).length;
    for (const place of places) place.textContent = left;
  };

  // --- where the focus goes

  const goTo = (row) => (row.localName === "details" ? row.querySelector("summary") : row).focus();
  const isFree = (row) => document.activeElement === document.body || row.contains(document.activeElement);
  const after = (row, wanted) => {
    const all = rows(), from = row ? all.indexOf(row) + 1 : 0;
    return [...all.slice(from), ...all.slice(0, from)].find((each) => each !== row && wanted(each));
  };
  const moveOn = (row) => {
    if (!isFree(row)) return;
    const next = after(row, (each) => !isSent(each));
    goTo(next ?? row);
  };
  // On the last rows of a page it goes on to the next page that has some, and in the end back to the first.
  const goToUnanswered = () => {
    const here = rowOf(document.activeElement), elsewhere = byId("seuraava")?.dataset.muualla;
    let next = after(here, (row) => !isSent(row) && !isAnswered(read(row)));
    if (here && next && elsewhere && here.compareDocumentPosition(next) & Node.DOCUMENT_POSITION_PRECEDING) next = null;
    if (!next && elsewhere) return leaveTo(elsewhere);
    if (!next) return tell("vastattu");
    if (told === "vastattu") tell("");
    goTo(next);
  };
  byId("seuraava")?.addEventListener("click", (event) => { event.preventDefault(); goToUnanswered(); });

  // --- keys

  document.addEventListener("keydown", (event) => {
    const row = rowOf(event.target), plain = !event.ctrlKey && !event.altKey && !event.metaKey;
    if (event.altKey && event.key === "ArrowDown" && event.target.localName !== "select") {
      event.preventDefault();
      goToUnanswered();
    } else if (row && event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      if (isCommented(row)) save(row); else send(row, { laheta: tunnusOf(row) });
    } else if (row && plain && /^[1-5]$/.test(event.key) && !event.target.matches("textarea, select, input:not([type=radio])")) {
      if (row.localName === "details" && !row.open) return;
      const radio = row.querySelector(`input[name="${row.id}-aste"][value="${event.key}"]`);
      if (!radio) return;
      radio.checked = true;
      radio.focus();
      radio.dispatchEvent(new Event("input", { bubbles: true }));
    }
  });

  // --- buttons, and leaving: what is on its way is waited for

  let waiting = [];
  const whenDone = () => {
    if (isBusy()) return;
    const now = waiting;
    waiting = [];
    now.forEach((go) => go());
  };
  const afterSaving = (go) => {
    let gone = false;
    const once = () => { if (!gone) { gone = true; go(); } };
    waiting.push(once);
    setTimeout(once, WAIT_AT_MOST);
    setTimeout(whenDone, 0);
  };

  // A row that is drawn anew takes the button away from under the pointer: what was begun is done all the same.
  let held = null;
  form.addEventListener("pointerdown", ({ target, button }) => {
    const pressed = button === 0 && target.closest("button[name]");
    held = pressed && rowOf(pressed) ? { pressed, id: rowOf(pressed).id } : null;
  });
  document.addEventListener("pointerup", ({ target }) => {
    const was = held;
    held = null;
    if (!was || was.pressed.isConnected || rowOf(target)?.id !== was.id) return;
    send(byId(was.id), { [was.pressed.name]: was.pressed.value });
  });
  document.addEventListener("pointercancel", () => { held = null; });

  let goesOn = false;
  form.addEventListener("submit", (event) => {
    const button = event.submitter, row = button && rowOf(button);
    if (goesOn) return;
    event.preventDefault();
    if (row) { send(row, { [button.name]: button.value }); return; }
    saveAll();
    afterSaving(() => {
      let left = rows().find((each) => stateOf(each).failed);
      if (!left && button?.value === "valmiit") { goesOn = true; return form.requestSubmit(button); }
      left ??= rows().find(isDirty);
      if (left) goTo(left); else tell("kaikki");
    });
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]"), modified = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    if (!link || link.target || modified || event.defaultPrevented || link.getAttribute("href").startsWith("#")) return;
    saveAll();
    if (!isBusy()) return;
    event.preventDefault();
    afterSaving(() => location.assign(link.href));
  });
  const leaveTo = (address) => { saveAll(); afterSaving(() => location.assign(address)); };
  document.addEventListener("submit", (event) => {
    if (event.target === form || !isBusy()) return;
    event.preventDefault();
    afterSaving(() => event.target.submit());
  });

  // --- what was left unsaved is offered back

  const alike = (kept, now) => Object.keys(kept).every((name) => (clean(kept)[name] ?? "").trim() === (clean(now)[name] ?? "").trim());
  const keptKeys = (prefix) => memory((storage) => Object.keys(storage).filter((key) => key.startsWith(prefix))) ?? [];
  const load = (key) => memory((storage) => JSON.parse(storage.getItem(key)));
  const textOf = (draft, row) => Object.entries(draft.kentat)
    .filter(([name, text]) => text && !/(^|-)(aste|syy)$/.test(name))
    .map(([name, text]) => (row && name.endsWith("-teksti") ? `${nameOf(row, name)}: ${text}` : text)).join("\n");
  const nameOf = (row, name) => (row.querySelector(`label[for="${row.id}-${name}"]`)
    ?? radiosOf(row, name)[0]?.closest("fieldset").querySelector("legend"))?.textContent.trim() ?? "";
  const offers = new Map(); // key -> {row, draft, box}

  const offer = (row, key, draft) => {
    const box = byId("palauta-rivi").content.firstElementChild.cloneNode(true);
    const aste = row.querySelector(`input[name="${row.id}-aste"][value="${draft.kentat.aste}"]`)?.closest("label").textContent.trim() ?? "";
    box.querySelector("[data-aika]").textContent = new Date(draft.aika).toLocaleString("fi-FI", { dateStyle: "short", timeStyle: "short" });
    box.querySelector(".text").textContent = `${aste}\n${textOf(draft, row)}`.trim();
    box.querySelector("[data-palauta]").addEventListener("click", () => { restore(key); (field(row, "kommentti") ?? row.querySelector(".mitat input:not([type=hidden])")).focus(); });
    box.querySelector("[data-hylkaa]").addEventListener("click", () => { dismiss(key); goTo(row); });
    if (row.localName === "details") row.open = true;
    (byId(`${row.id}-ilmoitus`) ?? row.querySelector(".mitat")).before(box);
    offers.set(key, { row, draft, box });
  };
  const dismiss = (key) => {
    offers.get(key)?.box.remove();
    offers.delete(key);
    forget(key);
    if (!offers.size) byId("loytyi")?.remove();
  };
  const restore = (key) => {
    const { row, draft } = offers.get(key);
    write(row, draft.kentat);
    // So that what another has saved since comes beside it.
    for (const [name, versio] of Object.entries(draft.versiot ?? { versio: draft.versio })) {
      const place = byId(`${row.id}-${name}`);
      if (place) place.value = versio;
    }
    remember(row);
    dismiss(key);
    save(row);
  };
  // Of two windows' texts the newer.
  const restoreAll = () => {
    const done = new Set();
    for (const [key, { row }] of [...offers].sort(([, a], [, b]) => b.draft.aika - a.draft.aika)) {
      if (!done.has(row)) restore(key);
      done.add(row);
    }
  };
  const rowIdOf = (key) => key.slice(OWN.length).split(":")[0];
  const addressOf = (id) => `?rivi=${id.replace(/^t/, "")}#${id}`;
  // Not on the page that shows every row, or of many pages not on the one that its own address opens.
  const isGone = (key) => {
    const asked = new URLSearchParams(location.search), rivi = asked.get("rivi");
    asked.delete("rivi");
    return !asked.toString() && (!isPaged || rowIdOf(key) === rivi?.replace(/^(?=\d)/, "t"));
  };
  const offerAll = () => {
    const elsewhere = [];
    for (const key of keptKeys(OWN)) {
      const row = byId(rowIdOf(key)), draft = load(key);
      if (!draft?.kentat) forget(key);
      else if (!row) elsewhere.push(key);
      else if (alike(draft.kentat, read(row))) { forget(key); remember(row); } else offer(row, key, draft);
    }
    if (!offers.size && !elsewhere.length) return;
    const box = byId("palauta-kaikki").content.firstElementChild.cloneNode(true);
    const part = (name) => box.querySelector(`[data-${name}]`);
    const press = (name, work) => part(name).addEventListener("click", () => { work(); goTo(rows()[0]); });
    const gone = elsewhere.filter(isGone);
    part("rivilla").hidden = !offers.size;
    part("muualla").hidden = gone.length || !elsewhere.length;
    const there = elsewhere.length && rowIdOf(elsewhere[0]), open = box.querySelector("[data-avaa]");
    if (there && open) open.href = addressOf(there);
    part("poissa").hidden = !gone.length;
    part("teksti").textContent = gone.map((key) => textOf(load(key))).join("\n\n");
    press("palauta", restoreAll);
    press("hylkaa", () => [...offers.keys()].forEach(dismiss));
    press("poista", () => { gone.forEach(forget); part("poissa").remove(); });
    form.before(box);
  };
  window.addEventListener("storage", (event) => { if (event.newValue === null && offers.has(event.key)) dismiss(event.key); });

  const forgetOld = () => {
    const oldest = Date.now() - KEPT_DAYS * 24 * 60 * 60 * 1000;
    for (const key of keptKeys("kirjaus:")) if (!(load(key)?.aika > oldest)) forget(key);
  };

  // An address that names its row only after the # does not tell the server which page to open.
  const wanted = location.hash.slice(1), rivi = new URLSearchParams(location.search).get("rivi");
  if (isPaged && /^[tgpk]\d+$/.test(wanted) && !byId(wanted) && rivi !== wanted.replace(/^t/, "")) {
    location.replace(addressOf(wanted));
    return;
  }

  forgetOld();
  rows().forEach(stateOf);
  offerAll();
  rows().filter(isDirty).forEach(remember);
  (byId(location.hash.slice(1)) ?? {}).open = true; // a link unfolds its row
  form.querySelectorAll("textarea").forEach(grow);
  document.querySelectorAll("#muista, [data-muista]").forEach((place) => { place.hidden = true; });
  byId("itsestaan").hidden = byId("nappaimet").hidden = false;
})();
