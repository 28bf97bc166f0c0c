/** The Swedish words that the map itself says. */

export const WORDS = {
  map: "Karta över arenor. Samma arenor finns i tabellen under kartan.",
  keys:
    "Piltangenterna flyttar kartan, plus och minus zoomar. Page Down och Page Up går till nästa och " +
    "föregående arena, Enter öppnar den.",
  zoomIn: "Zooma in",
  zoomOut: "Zooma ut",
  fitSelection: "Visa hela urvalet",
  fitCounty: "Visa hela länet",
  legend: "Teckenförklaring",
  types: "Typ av arena",
  status: "Status",
  position: "Läge på kartan",
  hits: "Hur säkert det stämmer med valen",
  spread: "Flera på samma plats: strecket visar platsen",
  boundaries: "Kommungränser: SCB",
  none: "Ingen arena i urvalet har en plats på kartan.",
  loading: "Kartan laddas …",
  failed:
    "Kartan kunde inte visas. Samma arenor finns i tabellen under kartan. Ladda om sidan för att försöka igen.",
};

/** What is said instead where the map is about the municipalities and has no arenas. */
const AREA_WORDS = {
  map: "Karta över kommunerna. Samma uppgifter finns i tabellen under kartan.",
  keys: "Piltangenterna flyttar kartan, plus och minus zoomar.",
  failed:
    "Kartan kunde inte visas. Samma uppgifter finns i tabellen under kartan. Ladda om sidan för att försöka igen.",
};

export function wordsFor(view) {
  return view.arenas === false ? { ...WORDS, ...AREA_WORDS } : WORDS;
}
