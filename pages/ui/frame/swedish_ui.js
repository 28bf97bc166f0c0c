// Mend what Streamlit cannot be told to do: say its own English words in Swedish, take the keyboard into what opens
// over a page, copy what a button carries, and stand still for those who ask for it. Each word is Streamlit's, exactly; a word that it changes stays English, and a test tells.

const WORDS = new Map(Object.entries({
  "Skip to main content": "Hoppa till innehållet",
  Sidebar: "Sidopanel",
  Theme: "Utseende",
  Dismiss: "Stäng",
  "Previous month": "Föregående månad",
  "Next month": "Nästa månad",
  "Use arrow keys to navigate dates. Enter to select. Escape to close.":
    "Piltangenterna går mellan dagarna. Enter väljer, Escape stänger.",
  "Collapse sidebar": "Dölj sidopanelen",
  "Expand sidebar": "Visa sidopanelen",
  "Main menu": "Meny",
  System: "Som i datorn",
  Light: "Ljust",
  Dark: "Mörkt",
  Print: "Skriv ut",
  Open: "Visa alternativen",
  "Clear all": "Töm",
  "Clear value": "Töm",
  "Selected values": "Valda",
  "Select all": "Välj alla",
  "No results": "Inga träffar",
  "Choose date": "Välj datum",
  "file upload": "Filer",
  Upload: "Välj filer",
  "Add files": "Lägg till filer",
  Stop: "Avbryt",
}))

const PATTERNS = [
  [/^Select (\d+) matches$/, "Välj $1 träffar"],
  [/^Remove (.+)$/, "Ta bort $1"],
  [/^(.+) — start$/, "$1, från"],
  [/^(.+) — end$/, "$1, till"],
  [/^Choose date, (.+)$/, "Välj datum, $1"],
  [/^Selected Date: (.+)$/, "Vald dag: $1"],
  [/^year, (.+)$/, "år, $1"],
  [/^month, (.+)$/, "månad, $1"],
  [/^day, (.+)$/, "dag, $1"],
]

const NAMED = "[aria-label], [title]"
// where Streamlit's own words stand as text; no text of ours is one of them
const WORDED =
  "[data-testid=stSkipToContent], [data-testid=stMainMenuPopover], [role=listbox], [data-testid=stStatusWidget], " +
  "[data-testid=stFileUploaderDropzone], [data-testid=stFileUploader], [data-testid=stDateInputCalendar]"
// what Streamlit draws as another part of the page than it is: what takes the keyboard is not nothing, the head of
// a calendar is not that of the page, and a menu stands in some part of it
const ROLES = [
  ["[data-testid=stFileUploaderDropzone][role=presentation]", "group"],
  ["[data-testid=stDateInputCalendar] header:not([role])", "group"],
  ["[data-testid=stMainMenuPopover]:not([role])", "region", "Meny"],
]
const POPOVER = "[data-testid=stPopoverBody]"
const USABLE = "button:not([disabled]), a[href], input:not([disabled]), select, textarea"

function swedish(text) {
  const word = text?.trim()
  if (!word) return null
  if (WORDS.has(word)) return WORDS.get(word)
  const found = PATTERNS.find(([pattern]) => pattern.test(word))
  return found ? word.replace(...found) : null
}

function rename(node) {
  for (const attribute of ["aria-label", "title"]) {
    const word = swedish(node.getAttribute(attribute))
    if (word) node.setAttribute(attribute, word)
  }
}

function reword(root) {
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) {
    const word = swedish(texts.currentNode.data)
    if (word) texts.currentNode.data = word
  }
}

/** Take the keyboard into a popover that it opened: Streamlit draws it last on the page, far from its button. */
function enter(body) {
  const opener = document.activeElement
  if (!opener?.matches("[data-testid=stPopoverButton]:focus-visible")) return
  const usable = () => [...body.querySelectorAll(USABLE)]
  const until = performance.now() + 3000
  const look = () => {
    usable()[0]?.focus()
    if (document.activeElement === opener && body.isConnected && performance.now() < until) requestAnimationFrame(look)
  }
  requestAnimationFrame(look) // what stands in it comes a little later
  body.addEventListener("keydown", (event) => {
    if (event.key === "Escape") opener.focus()
    if (event.key !== "Tab") return
    const edge = event.shiftKey ? usable()[0] : usable().at(-1)
    if (event.target !== edge) return
    opener.focus() // a Tab forward goes on from there, by the browser itself
    if (event.shiftKey) event.preventDefault()
    opener.click()
  })
}

function mend(root) {
  if (root.matches(NAMED)) rename(root)
  root.querySelectorAll(NAMED).forEach(rename)
  if (root.closest(WORDED)) reword(root)
  else root.querySelectorAll(WORDED).forEach(reword)
  for (const [drawn, role, name] of ROLES) {
    root.parentElement?.querySelectorAll(drawn).forEach((one) => {
      one.setAttribute("role", role)
      if (name) one.setAttribute("aria-label", name)
    })
  }
  // "Made with Streamlit": not hidden but gone, or Tab would go to its button
  root.querySelectorAll(".stMenuVersionCopyButton").forEach((one) => one.parentElement.remove())
  const popover = root.matches(POPOVER) ? root : root.querySelector(POPOVER)
  if (popover) enter(popover)
}

function onChange(changes) {
  for (const { type, target, addedNodes } of changes) {
    if (type === "attributes") rename(target)
    else if (type === "characterData") target.parentElement?.closest(WORDED) && reword(target.parentElement)
    else addedNodes.forEach((node) => (node instanceof Element ? mend(node) : target.closest(WORDED) && reword(target)))
  }
}

/** Let Streamlit's expanders open at once for somebody who wants no motion; its style sheets heed ours. */
const still = matchMedia("(prefers-reduced-motion: reduce)")
const animate = Element.prototype.animate

function animateIfWanted(frames, options) {
  const timing = typeof options === "object" ? options : { duration: options }
  return animate.call(this, frames, still.matches ? { ...timing, duration: 0, delay: 0 } : options)
}

/** Copy what a button of ours carries, and say so on it. */
async function copy(event) {
  const button = event.target.closest?.("button[data-copy]")
  if (!button) return
  const said = button.textContent
  try {
    await navigator.clipboard.writeText(button.dataset.copy)
    button.textContent = button.dataset.copied
  } catch { // no clipboard without a secure connection: the text stands under "Visa frågan"
    button.textContent = "Det gick inte att kopiera, visa frågan i stället"
  }
  button.setAttribute("aria-live", "polite")
  setTimeout(() => (button.textContent = said), 3000)
}

const observer = new MutationObserver(onChange)

export default function () {
  Element.prototype.animate = animateIfWanted
  mend(document.body)
  document.addEventListener("click", copy)
  observer.observe(document.body, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
    attributeFilter: ["aria-label", "title"],
  })
  return () => {
    Element.prototype.animate = animate
    document.removeEventListener("click", copy)
    observer.disconnect()
  }
}
