// A table whose rows are opened by real buttons. Every text is set as text: a name can never become markup.

const state = new WeakMap()

function heading(name, data, send) {
  if (!data.sorted) return element("th", { scope: "col" }, name)
  const isSorted = data.sorted.column === name
  const direction = data.sorted.descending ? "descending" : "ascending"
  const button = element("button", { type: "button", "data-id": `order ${name}`, title: `Sortera efter ${name.toLowerCase()}` }, name)
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
    { type: "button", "data-id": id, "aria-pressed": String(isSelected), "aria-label": `${data.open} ${name}` },
    name
  )
  button.onclick = () => open(id)
  const line = element("tr", { class: isSelected ? "selected" : undefined }, element("th", { scope: "row" }, button))
  line.append(...rest.map((text) => cell(text, data)))
  return line
}

export default function ({ data, parentElement, setTriggerValue }) {
  const memory = state.get(parentElement) ?? {}
  state.set(parentElement, memory)
  const open = (id) => {
    memory.opened = id
    setTriggerValue("opened", id)
  }
  const wrap = scrollingRegion(data.label, data.presentation)
  const table = element("table", {}, element("caption", {}, data.caption))
  table.append(element("thead", {}, element("tr", {}, ...data.columns.map((name) => heading(name, data, setTriggerValue)))))
  table.append(element("tbody", {}, ...data.rows.map((values) => row(values, data, open))))
  wrap.append(table)
  if (data.rows.length < data.total) {
    const more = element("button", { type: "button", class: "more", "data-id": "more" }, `Visa fler rader (${data.rows.length} av ${data.total} visas)`)
    more.onclick = () => setTriggerValue("more", data.rows.length)
    wrap.append(more)
  }
  putInPlace(wrap, parentElement)
  follow(memory, data.selected, titleOfOpened, (id) => buttonOf(wrap, id), "center")
}
