// A field that may stay empty.

/**
 * Lets a field for a number stay empty: its placeholder is what it then means, and where its arrows start from.
 * `restore` shows again what holds, once the field is left.
 *
 * @param {HTMLInputElement} field
 * @param {() => void} restore
 */
export function optional(field, restore) {
  const start = () => {
    if (field.value === "" && !field.validity.badInput) field.value = field.placeholder;
  };
  field.addEventListener("pointerdown", start);
  field.addEventListener("keydown", ({ key }) => {
    if (key === "ArrowUp" || key === "ArrowDown") start();
  });
  for (const end of ["pointerup", "blur"]) field.addEventListener(end, restore);
  return field;
}
