// What happens before, beside and after the calculator: it is loaded with its progress shown, a failure is sent in words,
// a crash never leaves a dead page, updates are announced, and a frame tells its height.
//
// One classic script for both artefacts. Modules would not run from file:// or in a sandboxed frame. In the hosted page
// the names of the other files stand on its own script element; in the one file everything is inside.
(() => {
  "use strict";

  const script = /** @type {HTMLScriptElement} */ (document.currentScript).dataset;
  const root = document.documentElement;
  const query = new URLSearchParams(location.search);
  const framed = window.parent !== window;
  const embedded = query.get("embed") === "1";
  // Several pages may share one origin: everything kept there begins with our own path.
  const prefix = `plimsoll:${location.pathname.replace(/index\.html$/, "")}:`;
  const SLOW_MS = 10_000;
  const CONFIG_MS = 3_000;
  const HEALTHY_MS = 5_000;
  const REST_MS = 60;
  const AGAIN_MS = 20_000;

  /** @template T @param {() => T} attempt */
  const quietly = (attempt) => {
    try {
      return attempt();
    } catch {
      return undefined; // The browser may refuse anything; we go on.
    }
  };
  /**
   * @template {keyof HTMLElementTagNameMap} K
   * @param {K} name
   * @param {object} properties
   * @param {...Node} children
   */
  const element = (name, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };

  // Theme and embedding are known before anything is painted.
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  let wanted = query.get("theme");
  const paint = () => {
    root.dataset.theme = wanted === "light" || wanted === "dark" ? wanted : dark.matches ? "dark" : "light";
    window.dispatchEvent(new Event("plimsoll:theme"));
  };
  dark.addEventListener("change", paint);
  window.matchMedia("(forced-colors: active)").addEventListener("change", paint);
  paint();
  // Paper is white.
  window.addEventListener("beforeprint", () => {
    root.dataset.theme = "light";
    window.dispatchEvent(new Event("plimsoll:theme"));
  });
  window.addEventListener("afterprint", paint);
  if (embedded) root.dataset.embed = "";

  // The page stands there with the numbers of an example before its program. Whoever has numbers of his own never sees them.
  const saved = () => query.get("safe") !== "1" && localStorage.getItem(`${prefix}v1:scenario`) !== null;
  const own = embedded || query.has("panel") || query.has("lock") || /[#&]v=/.test(location.hash) || quietly(saved);
  if (own) root.dataset.numbers = "own";

  // A frame tells its height, and answers nobody but its parent, and only about theme and height.
  if (framed && embedded) {
    let sent = 0;
    /** @param {boolean} always */
    const tell = (always) => {
      const height = Math.ceil(root.getBoundingClientRect().height);
      if (always || height !== sent) {
        sent = height;
        window.parent.postMessage({ type: "plimsoll:height", version: 1, height }, "*");
      }
    };
    window.addEventListener("message", ({ source, data }) => {
      if (source !== window.parent || typeof data !== "object" || data === null) return;
      if (data.type === "plimsoll:get-height") tell(true);
      if (data.type === "plimsoll:theme" && ["light", "dark", "auto"].includes(data.theme)) {
        wanted = data.theme;
        paint();
      }
    });
    quietly(() => new ResizeObserver(() => requestAnimationFrame(() => tell(false))).observe(root));
  }

  // Crashes in a row, so that saved state which brings the page down is not loaded for ever.
  const crashes = {
    key: `${prefix}crashes`,
    count: () => Number(quietly(() => sessionStorage.getItem(crashes.key))) || 0,
    add: () => quietly(() => sessionStorage.setItem(crashes.key, String(crashes.count() + 1))),
    forget: () => quietly(() => sessionStorage.removeItem(crashes.key)),
  };

  const safely = () => {
    const url = new URL(location.href);
    url.searchParams.set("safe", "1");
    url.hash = "";
    return url.href;
  };

  // Takes back everything that was kept in this browser: state, caches, the service worker.
  async function reset() {
    const forget = () => {
      for (const store of [() => localStorage, () => sessionStorage]) {
        quietly(() =>
          Object.keys(store())
            .filter((key) => key.startsWith(prefix))
            .forEach((key) => store().removeItem(key)),
        );
      }
    };
    forget();
    // The program may save once more as the page goes: this is heard after it.
    window.addEventListener("pagehide", forget);
    try {
      const registration = await navigator.serviceWorker.getRegistration();
      await registration?.unregister();
      for (const name of await caches.keys()) if (name.startsWith(prefix)) await caches.delete(name);
    } catch {
      // No worker and no caches here, then.
    }
    const url = new URL(location.href);
    url.searchParams.delete("safe");
    url.hash = "";
    location.replace(url.href);
  }

  let failed = false;
  /** @param {string} title @param {string} text @param {string} details */
  function overlay(title, text, details) {
    if (failed) return;
    failed = true;
    for (const id of ["start-text", "start-progress", "start-hint"]) document.getElementById(id)?.remove();
    /** @param {string} label @param {() => void} act */
    const button = (label, act) => element("button", { type: "button", textContent: label, onclick: act });
    const reload = button("Reload", async () => {
      // Perhaps a mended version is waiting already.
      const waiting = await quietly(() => navigator.serviceWorker.getRegistration())?.catch(() => undefined);
      waiting?.waiting?.postMessage("plimsoll:take-over");
      location.reload();
    });
    const box = element(
      "div",
      { id: "failure", role: "alertdialog" },
      element("h2", { id: "failure-title", textContent: title }),
      element("p", { textContent: text }),
      element(
        "p",
        { className: "actions" },
        reload,
        button("Start without saved state", () => location.replace(safely())),
        button("Reset: delete what is saved here", reset),
      ),
      element(
        "details",
        {},
        element("summary", { textContent: "What happened, to report it" }),
        element("pre", { textContent: `${details}\n${script.version ?? ""}\n${navigator.userAgent}`, tabIndex: 0 }),
      ),
    );
    box.setAttribute("aria-labelledby", "failure-title");
    document.body.append(box);
    reload.focus();
  }

  let panic = "";
  /** @param {string} what */
  function crashed(what) {
    if (failed) return;
    crashes.add();
    if (crashes.count() >= 2 && query.get("safe") !== "1") {
      failed = true;
      return location.replace(safely());
    }
    overlay(
      "Something broke",
      "The calculator stopped and can't go on. What you entered up to the last pause is kept in this browser.",
      what,
    );
  }
  window.addEventListener("plimsoll:panic", (event) => {
    panic = String(/** @type {CustomEvent} */ (event).detail);
    // The trap that follows would tell less.
    crashed(panic);
  });
  // A trap, or an exception of the browser's that went through the program and left its locks behind.
  /** @param {any} error */
  const ours = (error) =>
    quietly(() => error instanceof WebAssembly.RuntimeError || /wasm-function|wasm:\/\//.test(error.stack));
  /** @param {unknown} error */
  const report = (error) => ours(error) && crashed(panic || String(error));
  window.addEventListener("error", ({ error }) => report(error));
  window.addEventListener("unhandledrejection", ({ reason }) => report(reason));

  /** @param {number} bytes */
  const kilobytes = (bytes) => `${Math.round(bytes / 1000)} kB`;
  /** @param {number} got @param {number} all */
  function progress(got, all) {
    const bar = /** @type {HTMLProgressElement | null} */ (document.getElementById("start-progress"));
    const text = document.getElementById("start-text");
    if (!bar || !text) return;
    bar.max = all || 1;
    bar.value = all ? got : 0;
    text.textContent = all ? `Loading the calculator: ${kilobytes(got)} of ${kilobytes(all)}` : "Loading the calculator";
  }

  /**
   * Reads a file to its end. A file that arrives short is no file.
   *
   * @param {string} url
   * @param {number} all
   * @param {RequestCache} cache
   */
  async function download(url, all, cache) {
    const response = await fetch(url, { cache });
    if (!response.ok) throw new Error(`${url}: the server says ${response.status} ${response.statusText}`);
    const reader = /** @type {ReadableStream<Uint8Array<ArrayBuffer>>} */ (response.body).getReader();
    const parts = [];
    let got = 0;
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      parts.push(value);
      got += value.length;
      progress(got, all);
    }
    if (all && got !== all) throw new Error(`${url}: ${got} of ${all} bytes arrived`);
    return new Uint8Array(await new Blob(parts).arrayBuffer());
  }

  /** @param {string} url @param {string} [size] */
  async function hosted(url, size) {
    const all = Number(size) || 0;
    /** @param {RequestCache} cache */
    const module = async (cache) => WebAssembly.compile(await download(url, all, cache));
    try {
      return await module("default");
    } catch {
      // A damaged copy in the browser's cache would stay damaged; once more from the server.
      return module("reload");
    }
  }

  /**
   * Five digits to the base of 85 are four bytes. They are the letters from "(" on, with "}" for the one that opens a tag.
   *
   * @param {HTMLElement} place
   */
  async function inside({ textContent, dataset }) {
    const text = textContent ?? "";
    const bytes = new DataView(new ArrayBuffer((text.length / 5) * 4));
    for (let i = 0; i < text.length; i += 5) {
      let four = 0;
      for (let n = i; n < i + 5; n += 1) {
        const letter = text.charCodeAt(n);
        four = four * 85 + (letter === 125 ? 20 : letter - 40);
      }
      bytes.setUint32((i / 5) * 4, four);
    }
    const packed = new Uint8Array(bytes.buffer, 0, Number(dataset.size));
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
    return WebAssembly.compile(await new Response(stream).arrayBuffer());
  }

  // The site's own defaults stand in the document, or in a file beside it that is put there.
  async function config() {
    if (!script.config || document.getElementById("plimsoll-config")) return;
    const place = element("script", { type: "application/json", id: "plimsoll-config" });
    place.dataset.asked = "";
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), CONFIG_MS);
    try {
      const response = await fetch(script.config, { cache: "no-cache", signal: abort.signal });
      if (response.ok) {
        place.textContent = await response.text();
        // Changed where it is served: then the example was made of others.
        if (place.textContent.trim() !== script.defaults) root.dataset.numbers = "own";
      } else if (response.status !== 404) place.dataset.problem = `the server says ${response.status}`;
    } catch {
      place.dataset.problem = "it could not be loaded in time";
    }
    clearTimeout(timer);
    document.head.append(place);
  }

  async function start() {
    // Without scripts there is nothing to wait for, so this is not shown before.
    for (const id of ["start-text", "start-progress", "start-hint"]) {
      const waits = document.getElementById(id);
      if (waits) waits.hidden = false;
    }
    if (typeof WebAssembly !== "object") {
      return overlay(
        "No WebAssembly",
        "Plimsoll calculates in your browser with WebAssembly, and this browser has none or has it switched off.",
        "WebAssembly is missing",
      );
    }
    const slow = setTimeout(() => {
      const hint = document.getElementById("start-hint");
      hint?.prepend("The connection is slow; it goes on. ");
    }, SLOW_MS);
    try {
      const packed = document.getElementById("plimsoll-wasm");
      const [module] = await Promise.all([packed ? inside(packed) : loading, config()]);
      const init = quietly(() => wasm_bindgen);
      if (!init) throw new Error("plimsoll.js could not be loaded");
      await init({ module_or_path: module });
      setTimeout(() => failed || crashes.forget(), HEALTHY_MS);
    } catch (error) {
      if (ours(error)) return crashed(panic || String(error));
      overlay(
        "The calculator could not be loaded",
        "A part of it is missing or arrived damaged. Reload in a moment; if that does not help, tell whoever runs this page.",
        String(error),
      );
    } finally {
      clearTimeout(slow);
    }
    // The answer is painted first; then there is time.
    if (!framed) setTimeout(keepOffline, REST_MS);
  }

  // The service worker keeps the page for when there is no network. A newer version waits until it is asked for.
  async function keepOffline() {
    if (!script.worker || query.has("nosw")) return;
    try {
      const worker = navigator.serviceWorker;
      let asked = false;
      /** @type {ServiceWorker | undefined} */
      let announced;
      worker.addEventListener("controllerchange", () => asked && location.reload());
      /** @param {ServiceWorker} waiting */
      const announce = (waiting) => {
        if (waiting === announced || !worker.controller || document.getElementById("update")) return;
        announced = waiting;
        const use = element("button", { type: "button", textContent: "Use it now" });
        const later = element("button", { type: "button", textContent: "Later" });
        const bar = element(
          "div",
          { id: "update", role: "status" },
          element("span", { textContent: "A new version of Plimsoll is ready." }),
          use,
          later,
        );
        use.onclick = () => {
          asked = true;
          waiting.postMessage("plimsoll:take-over");
        };
        later.onclick = () => bar.remove();
        document.body.append(bar);
      };
      // A busy page hears late, of a version that may already be further, or not at all.
      /** @param {ServiceWorker | null | undefined} found */
      const follow = (found) => {
        if (found?.state === "installed") announce(found);
        else if (found) found.onstatechange = () => follow(found);
      };
      const again = () => worker.getRegistration().then((found) => follow(found?.waiting));
      setInterval(() => again().catch(() => {}), AGAIN_MS);
      const registration = await worker.register(script.worker, { scope: "./", updateViaCache: "none" });
      const look = () => [registration.waiting, registration.installing].forEach(follow);
      look();
      registration.addEventListener("updatefound", look);
      document.addEventListener("visibilitychange", () => {
        if (document.visibilityState === "visible") registration.update().catch(() => {});
      });
    } catch {
      // Refused here: the page works while there is a network.
    }
  }

  // The longest download begins at once, while the document is still being read.
  const loading = script.wasm && typeof WebAssembly === "object" ? hosted(script.wasm, script.size) : undefined;
  loading?.catch(() => {}); // Told in start().
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
