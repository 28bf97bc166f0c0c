// Run in the page: tell how long after the next click or Enter the page stood still with the new answer.
// Installed once; window.watchSettled(n) returns a promise of milliseconds. n = arenas that folium must show.
() => {
  const QUIET_MS = 250;
  let map = null;

  function shadowMap() {
    if (map?.isConnected) return map;
    map = null;
    for (const element of document.querySelectorAll("*")) {
      map = element.shadowRoot?.querySelector(".sk-map") ?? null;
      if (map) break;
    }
    return map;
  }

  function foliumShows() {
    const frame = document.querySelector("iframe");
    const layers = frame?.contentWindow?.map?._layers;
    if (!layers) return null;
    return Object.values(layers).filter((layer) => layer._latlng && layer._radius !== undefined).length;
  }

  // what the page says about the choice: a sentence, a count
  function counted() {
    const said = document.querySelectorAll("[data-testid=stMain] p, [data-testid=stMain] [data-testid=stText]");
    return [...said].slice(0, 6).map((element) => element.textContent).join(" ");
  }

  const isRunning = () => document.querySelector("[data-testid=stApp]")?.dataset.testScriptState !== "notRunning";

  window.watchSettled = (kind) => {
    const before = { text: counted(), painted: shadowMap()?.dataset.painted, folium: foliumShows() };
    let started = null;
    const start = () => (started ??= performance.now());
    addEventListener("click", start, { capture: true, once: true });
    addEventListener("keydown", (event) => event.key === "Enter" && start(), { capture: true });
    return new Promise((resolve, reject) => {
      const until = performance.now() + 60_000;
      let last = null;
      let seen = "";
      const look = (now) => {
        if (now > until) return reject(new Error(`never settled: ${seen}`));
        const running = isRunning();
        const text = counted();
        const painted = kind === "ours" ? shadowMap()?.dataset.painted : "";
        const folium = kind === "folium" ? foliumShows() : "";
        const state = [running, text, painted, folium].join("|");
        if (state !== seen) [seen, last] = [state, performance.now()];
        const answered =
          started !== null &&
          !running &&
          text !== before.text &&
          (kind !== "ours" || painted !== before.painted) &&
          (kind !== "folium" || String(folium) === (text.match(/(\d+) arenor/) ?? [])[1]);
        if (answered && performance.now() - last > QUIET_MS) return resolve(last - started);
        requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    });
  };
}
