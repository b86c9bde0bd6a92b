// The button back to the top: it shows while a reader who has left the header scrolls up. The theme
// brings Bootstrap for this, and for tooltips that a `title` gives, too.
(() => {
  const button = document.querySelector("#pst-back-to-top");
  if (!(button instanceof HTMLElement)) return;
  let last = 0;
  addEventListener("scroll", () => {
    button.style.display = scrollY < last && scrollY > 0 ? "block" : "none";
    last = scrollY;
  });
  button.addEventListener("click", () => scrollTo(0, 0));
})();
