// What our tables share: building elements, and taking the place of the table before.

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
