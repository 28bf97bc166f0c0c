/** Carry the focus to what a choice opened, and back again. */

/**
 * Move the reader to what was opened once it is there, and back to where it was opened from when it is closed.
 *
 * @param {{opened: ?string, returnTo: ?string}} memory  what lasts from one run to the next
 * @param {?string} selected  what is open now
 * @param {(id: string) => ?HTMLElement} titleOf  the heading of what was opened, if it is there
 * @param {(id: string) => ?HTMLElement} originOf  where it was opened from
 * @param {ScrollLogicalPosition} block  where in the window the heading comes to stand
 */
export function follow(memory, selected, titleOf, originOf, block) {
  if (memory.opened && selected === memory.opened) {
    const until = performance.now() + 3000;
    const id = memory.opened;
    memory.returnTo = id;
    memory.opened = null;
    const look = () => {
      const title = titleOf(id);
      if (title) {
        title.focus({ preventScroll: true });
        title.scrollIntoView({ block, behavior: "instant" });
      } else if (performance.now() < until) requestAnimationFrame(look);
    };
    look();
  } else if (memory.returnTo && !selected) {
    const origin = originOf(memory.returnTo);
    const left = document.activeElement;
    const until = performance.now() + 3000;
    memory.returnTo = null;
    // the button that closed it goes away last of all; a reader who has gone elsewhere stays there
    const look = () => {
      const now = document.activeElement;
      if (!now || now === document.body) origin?.focus();
      else if (now === left && performance.now() < until) requestAnimationFrame(look);
    };
    look();
  }
}

/** The heading of the panel, or of the account of a verdict, when it is about what was opened. */
export function titleOfOpened(id) {
  const titles = [...document.querySelectorAll("#sk-panel-title, #sk-verdict-title")];
  return titles.find((title) => title.dataset.opened === id) ?? null;
}
