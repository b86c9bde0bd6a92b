// A pointer that drags over a plot, on a page that a finger may want to scroll.

/**
 * Lets a pointer drag over an element.
 *
 * `grab` gets the event with which it begins, and returns the function that follows the pointer.
 */
export function dragging(element, grab) {
  let follow = null;
  element.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    follow = grab(event);
    element.setPointerCapture(event.pointerId);
    if (event.pointerType === "mouse") follow(event); // a finger may be about to scroll the page
  });
  element.addEventListener("pointermove", (event) => follow?.(event));
  element.addEventListener("pointerup", (event) => {
    follow?.(event);
    follow = null;
  });
  element.addEventListener("pointercancel", () => (follow = null));
}
