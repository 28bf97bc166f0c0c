// What our tables share: building elements, and carrying the focus to what a choice opened and back again.

function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== null) node.setAttribute(name, value)
  }
  node.append(...children)
  return node
}

/** A scrolling frame that the keyboard can scroll, and a screen reader can find by its name. */
function scrollingRegion(label, presentation) {
  return element("div", {
    class: presentation ? "wrap presentation" : "wrap",
    tabindex: "0",
    role: "region",
    "aria-label": label,
  })
}

/** Put a table in place of the one before, as far scrolled and with the focus on the same button. */
function putInPlace(wrap, parentElement) {
  const focused = parentElement.activeElement?.dataset?.id
  const before = parentElement.querySelector(".wrap")
  const [left, top] = [before?.scrollLeft ?? 0, before?.scrollTop ?? 0]
  if (before) before.replaceWith(wrap)
  else parentElement.append(wrap)
  wrap.scrollLeft = left
  wrap.scrollTop = top
  if (focused) buttonOf(wrap, focused)?.focus({ preventScroll: true })
}

const buttonOf = (root, id) => root.querySelector(`[data-id="${CSS.escape(id)}"]`)

/**
 * Move the reader to what was opened once it is there, and back to the button when it is closed.
 *
 * @param {{opened: ?string, returnTo: ?string}} memory  what lasts from one run to the next
 * @param {?string} selected  what is open now
 * @param {Element} root  where the buttons are
 * @param {(id: string) => ?Element} titleOf  the heading of what was opened, if it is there
 * @param {ScrollLogicalPosition} block  where in the window it comes to stand
 */
function follow(memory, selected, root, titleOf, block) {
  if (memory.opened && selected === memory.opened) {
    const until = performance.now() + 3000
    const id = memory.opened
    memory.returnTo = id
    memory.opened = null
    const look = () => {
      const title = titleOf(id)
      if (title) {
        title.focus({ preventScroll: true })
        title.scrollIntoView({ block, behavior: "instant" })
      } else if (performance.now() < until) requestAnimationFrame(look)
    }
    look()
  } else if (memory.returnTo && !selected) {
    const button = buttonOf(root, memory.returnTo)
    memory.returnTo = null
    setTimeout(() => {
      if (document.activeElement === document.body) button?.focus()
    }, 100)
  }
}
