// What a window leaves to a person: what sticks out or is cut, and all that can be read or used; shadow roots too.
() => {
  const everything = (root) =>
    [...root.querySelectorAll("*")].flatMap((node) => [node, ...(node.shadowRoot ? everything(node.shadowRoot) : [])])
  const parentOf = (node) => node.parentElement ?? node.getRootNode().host
  const ancestors = (node) => (node ? [node, ...ancestors(parentOf(node))] : [])
  const words = (node) => {
    const icons = [...node.querySelectorAll("[data-testid=stIconMaterial]")].map((icon) => icon.textContent)
    return icons.reduce((text, icon) => text.replace(icon, " "), node.textContent).replace(/\s+/g, " ").trim()
  }
  const ownText = (node) => [...node.childNodes].some((child) => child.nodeType === Node.TEXT_NODE && child.data.trim())
  const isIcon = (node) => node.dataset?.testid === "stIconMaterial"
  const isSeen = (node) =>
    node.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !node.closest("[data-collapsed=true]")
  // one pixel wide: for screen readers only
  const isSpoken = (node) => ancestors(node).some((one) => ["inset(50%)", "rect(0px, 0px, 0px, 0px)"].some((clip) =>
    [getComputedStyle(one).clipPath, getComputedStyle(one).clip].includes(clip)))
  const scrolls = (node) => ancestors(node).some((one) => ["auto", "scroll"].includes(getComputedStyle(one).overflowX) &&
    one.dataset.testid !== "stMain" && one.scrollWidth > one.clientWidth)
  // a map is looked at piece by piece: what stands outside its window is reached by moving it
  const isOnMap = (node) => ancestors(node).some((one) => one.matches?.(".sk-map"))
  const name = (node) => node.getAttribute("aria-label") || [...(node.labels ?? [])].map(words).join(" ") || words(node)

  const main = document.querySelector("[data-testid=stMain]")
  const nodes = everything(document.body).filter(isSeen)
  const texts = nodes.filter((node) => ownText(node) && !isIcon(node) && !isSpoken(node) && !isOnMap(node))
  const out = texts.filter((node) => {
    const box = node.getBoundingClientRect()
    return box.width > 0 && (box.right > innerWidth + 1 || box.left < -1) && !scrolls(node)
  })
  const textBox = (node) => {
    const range = document.createRange()
    range.selectNodeContents(node)
    return range.getBoundingClientRect()
  }
  const cut = texts.filter((node) => ancestors(node).slice(0, 6).some((one) => {
    const style = getComputedStyle(one)
    const hides = (value) => ["hidden", "clip"].includes(value)
    const box = textBox(node)
    const frame = one.getBoundingClientRect()
    if (one === node) return hides(style.overflowX) && node.scrollWidth > node.clientWidth + 1
    return (hides(style.overflowX) && box.right > frame.right + 1) || (hides(style.overflowY) && box.bottom > frame.bottom + 1)
  }))
  const usable = "button, a[href], input, select, textarea, summary, [role=button], [role=combobox]"
  const isReadable = (node) => node.matches("h1, h2, h3, h4") && words(node)
  const used = nodes.filter((node) => node.matches(usable) && name(node) && node.tabIndex >= 0)
  return {
    sideways: Math.max(main.scrollWidth - main.clientWidth, document.scrollingElement.scrollWidth - innerWidth),
    out: out.map(words),
    cut: cut.map(words),
    headings: nodes.filter(isReadable).map(words),
    controls: used.map(name),
  }
}
