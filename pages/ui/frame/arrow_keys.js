// In presentation mode the arrow keys turn the pages, as a presenter's remote control does.

const LINKS = {
  ArrowRight: ".st-key-presentation_next a",
  PageDown: ".st-key-presentation_next a",
  ArrowLeft: ".st-key-presentation_previous a",
  PageUp: ".st-key-presentation_previous a",
}

// Where the arrow keys already have a meaning of their own, they keep it.
const OWN_MEANING = "input, textarea, select, [role=slider], [role=combobox], .stodkartan-map, table"

function turn(event) {
  const inside = event.composedPath().some((node) => node.matches?.(OWN_MEANING))
  const link = LINKS[event.key] && document.querySelector(LINKS[event.key])
  if (!link || inside || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
  event.preventDefault()
  link.click()
}

export default function () {
  document.removeEventListener("keydown", turn)
  document.addEventListener("keydown", turn)
  document.documentElement.dataset.arrowKeys = "on"
  return () => {
    document.removeEventListener("keydown", turn)
    delete document.documentElement.dataset.arrowKeys
  }
}
