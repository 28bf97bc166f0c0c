// A matrix of verdicts: one row an objective, one column an area, each cell a button with symbol and word.
// Every text is set as text: nothing from the data can become markup.

const memories = new WeakMap()

/** What is known, as thin bars: a row of letters is a box each, and alike ones in a long row are one; x:y is a share. */
function figureOf(text) {
  const rows = text.split("/").map((row) => {
    const [part, whole] = row.split(":").map(Number)
    const runs = whole ? ["x".repeat(part), "o".repeat(whole - part)] : row.match(row.length > 9 ? /(.)\1*/g : /./g)
    const boxes = runs.filter(Boolean).map((run) => element("i", { class: `box b-${run[0]}`, style: `flex:${run.length}` }))
    return element("span", { class: runs.length < row.length ? "lane" : "boxes" }, ...boxes)
  })
  return element("span", { class: "figure" }, ...rows)
}

function face(cell) {
  const head = element("span", { class: "head", "aria-hidden": "true" }, element("span", { class: "symbol" }, cell.symbol))
  if (cell.mark) head.append(element("span", { class: "mark" }, cell.mark))
  if (cell.said) head.append(element("span", { class: "said" }, "”"))
  const parts = [head, element("span", { class: "word" }, cell.word)]
  if (cell.figure) parts.push(figureOf(cell.figure))
  if (cell.note) parts.push(element("span", { class: "note" }, cell.note))
  if (cell.plan) parts.push(element("span", { class: "plan" }, cell.plan))
  return parts
}

const lookOf = (cell) => `cell ${cell.status} is-${cell.strength ?? "belagt"}${cell.symbol ? "" : " part"}`

function legendOf(entries) {
  const items = entries.map((one) =>
    element("li", {}, element("span", { class: one.look, "aria-hidden": "true" }, one.sign), one.words)
  )
  return element("ul", { class: "legend", "aria-label": "Teckenförklaring" }, ...items)
}

function cellOf(cell, data, open) {
  const isSelected = cell.id === data.selected
  const button = element(
    "button",
    { type: "button", "data-id": cell.id, class: lookOf(cell), "aria-pressed": String(isSelected), "aria-label": cell.label, title: cell.label },
    ...face(cell)
  )
  button.onclick = () => open(cell.id)
  return element("td", { colspan: cell.span ?? 1, class: isSelected ? "selected" : undefined }, button)
}

function rowOf(row, data, open) {
  const head = element(
    "th",
    { scope: "row" },
    element("span", { class: "number" }, row.number),
    element("span", { class: "text" }, row.title)
  )
  const cells = row.cells.map((cell) => (cell ? cellOf(cell, data, open) : element("td", { class: "none" }, "–")))
  return element("tr", {}, head, ...cells)
}

function groupOf(group, data, open) {
  const heading = element("th", { scope: "rowgroup", colspan: data.columns.length + 1, class: "group" }, group.title)
  return element("tbody", {}, element("tr", {}, heading), ...group.rows.map((row) => rowOf(row, data, open)))
}

const cellsOf = (data) => data.groups.flatMap((group) => group.rows.flatMap((row) => row.cells.filter(Boolean)))

/** What makes the table another one: its rows, columns and which cells there are. */
function shapeOf(data) {
  const rows = data.groups.map((group) => [group.title, ...group.rows.map((row) => [row.number, row.cells.map((cell) => cell?.id)])])
  return JSON.stringify([data.caption, data.presentation, data.columns, data.legend, rows])
}

/** Change the cells that say something else; nothing else is laid out anew. */
function change(memory, data, open) {
  for (const cell of cellsOf(data)) {
    const button = memory.buttons.get(cell.id)
    const isSelected = cell.id === data.selected
    button.onclick = () => open(cell.id)
    button.setAttribute("aria-pressed", String(isSelected))
    button.parentElement.classList.toggle("selected", isSelected)
    const said = JSON.stringify(cell)
    if (memory.shown.get(cell.id) === said) continue
    memory.shown.set(cell.id, said)
    button.className = lookOf(cell)
    button.setAttribute("aria-label", cell.label)
    button.title = cell.label
    button.replaceChildren(...face(cell))
  }
}

/** Move with the arrow keys from cell to cell; Tab still goes through all of them. */
function step(event, wrap) {
  const cell = event.target.closest?.(".cell")
  if (!cell) return
  const line = cell.closest("tr")
  const lines = [...wrap.querySelectorAll("tr")].filter((one) => one.querySelector(".cell"))
  const column = [...line.querySelectorAll(".cell")].indexOf(cell)
  const to = {
    ArrowRight: () => line.querySelectorAll(".cell")[column + 1],
    ArrowLeft: () => line.querySelectorAll(".cell")[column - 1],
    ArrowDown: () => nearest(lines[lines.indexOf(line) + 1], column),
    ArrowUp: () => nearest(lines[lines.indexOf(line) - 1], column),
  }[event.key]?.()
  if (!to) return
  event.preventDefault()
  to.focus()
}

function nearest(line, column) {
  const cells = line?.querySelectorAll(".cell")
  return cells?.[Math.min(column, cells.length - 1)]
}

export default function ({ data, parentElement, setTriggerValue }) {
  const memory = memories.get(parentElement) ?? {}
  memories.set(parentElement, memory)
  const open = (id) => {
    memory.opened = id
    setTriggerValue("cell", id)
  }
  if (memory.shape === shapeOf(data)) {
    change(memory, data, open)
    follow(memory, data.selected, titleOfOpened, (id) => buttonOf(parentElement, id), "start")
    return
  }
  const wrap = scrollingRegion(data.caption, data.presentation)
  const table = element("table", {}, element("caption", {}, element("span", {}, data.caption)))
  const heads = data.columns.map((name) => element("th", { scope: "col" }, element("span", {}, name)))
  table.append(element("thead", {}, element("tr", {}, element("th", { scope: "col" }, data.corner), ...heads)))
  table.append(...data.groups.map((group) => groupOf(group, data, open)))
  wrap.append(table)
  wrap.onkeydown = (event) => step(event, wrap)
  putInPlace(wrap, parentElement)
  parentElement.querySelector(".legend")?.remove()
  wrap.after(legendOf(data.legend))
  memory.shape = shapeOf(data)
  memory.shown = new Map(cellsOf(data).map((cell) => [cell.id, JSON.stringify(cell)]))
  memory.buttons = new Map([...wrap.querySelectorAll(".cell")].map((button) => [button.dataset.id, button]))
  follow(memory, data.selected, titleOfOpened, (id) => buttonOf(parentElement, id), "start")
}
