// What was changed in the fields of where the table goes is sent along with whichever decision is sent first.
document.addEventListener("submit", (event) => {
  const kohde = document.getElementById("kohde");
  const form = event.target;
  if (!kohde || form === kohde || form.action !== kohde.action) return;
  for (const field of kohde.querySelectorAll("input[type=text], input[type=date], input[type=checkbox]")) {
    const [was, is] =
      field.type === "checkbox"
        ? [field.defaultChecked && field.value, field.checked && field.value]
        : [field.defaultValue, field.value];
    if (was === is) continue;
    if (was !== false) form.append(hidden(`oli|${field.name}`, was));
    if (is !== false) form.append(hidden(field.name, is));
  }
});

function hidden(name, value) {
  const field = document.createElement("input");
  Object.assign(field, { type: "hidden", name, value });
  return field;
}
