// A field of a wide table comes whole into sight when it takes the focus; without this half of it may stay aside.
document.addEventListener("focusin", (event) => {
  if (event.target.closest(".grid")) event.target.scrollIntoView({ block: "nearest", inline: "nearest" });
});
