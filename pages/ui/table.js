// A table of arenas with real buttons. Every text is set as text: a name can never become markup.

const state = new WeakMap()

function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== null) node.setAttribute(name, value)
  }
  node.append(...children)
  return node
}

function heading(name, data, send) {
  const isSorted = data.sorted.column === name
  const direction = data.sorted.descending ? "descending" : "ascending"
  const button = element("button", { type: "button", title: `Sortera efter ${name.toLowerCase()}` }, name)
  button.append(
    element("span", { "aria-hidden": "true", class: "order" }, isSorted ? (data.sorted.descending ? "▼" : "▲") : "↕")
  )
  button.onclick = () => send("order", name)
  return element("th", { scope: "col", "aria-sort": isSorted ? direction : "none" }, button)
}

function cell(text, data) {
  return element("td", { class: text === data.unknown ? "unknown" : undefined }, text)
}

function row([id, name, ...rest], data, open) {
  const isSelected = id === data.selected
  const button = element(
    "button",
    { type: "button", "data-arena": id, "aria-pressed": String(isSelected), "aria-label": `${data.open} ${name}` },
    name
  )
  button.onclick = () => open(id)
  const line = element("tr", { class: isSelected ? "selected" : undefined }, element("th", { scope: "row" }, button))
  line.append(...rest.map((text) => cell(text, data)))
  return line
}

/** Move the reader to the panel once it is there, and back to the row when the panel is closed. */
function follow(memory, data, root) {
  if (memory.opened && data.selected === memory.opened) {
    const until = performance.now() + 3000
    const name = data.rows.find(([id]) => id === memory.opened)?.[1]
    const look = () => {
      const title = document.getElementById("sk-panel-title")
      if (title && title.textContent === name) {
        title.focus({ preventScroll: true })
        title.scrollIntoView({ block: "center", behavior: "instant" })
      } else if (performance.now() < until) requestAnimationFrame(look)
    }
    look()
    memory.returnTo = memory.opened
    memory.opened = null
  } else if (memory.returnTo && !data.selected) {
    const button = root.querySelector(`[data-arena="${CSS.escape(memory.returnTo)}"]`)
    memory.returnTo = null
    setTimeout(() => {
      if (document.activeElement === document.body) button?.focus()
    }, 100)
  }
}

export default function ({ data, parentElement, setTriggerValue }) {
  const memory = state.get(parentElement) ?? {}
  state.set(parentElement, memory)
  const open = (id) => {
    memory.opened = id
    setTriggerValue("arena", id)
  }
  const focused = parentElement.activeElement?.dataset?.arena
  const wrap = element("div", {
    class: data.presentation ? "wrap presentation" : "wrap",
    tabindex: "0",
    role: "region",
    "aria-label": "Tabell över arenor",
  })
  const table = element("table", {}, element("caption", {}, data.caption))
  table.append(element("thead", {}, element("tr", {}, ...data.columns.map((name) => heading(name, data, setTriggerValue)))))
  table.append(element("tbody", {}, ...data.rows.map((values) => row(values, data, open))))
  wrap.append(table)
  if (data.rows.length < data.total) {
    const more = element("button", { type: "button", class: "more" }, `Visa fler rader (${data.rows.length} av ${data.total} visas)`)
    more.onclick = () => setTriggerValue("more", data.rows.length)
    wrap.append(more)
  }
  const before = parentElement.querySelector(".wrap")
  const scroll = before?.scrollTop ?? 0
  if (before) before.replaceWith(wrap)
  else parentElement.append(wrap)
  wrap.scrollTop = scroll
  if (focused) wrap.querySelector(`[data-arena="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true })
  follow(memory, data, wrap)
}
