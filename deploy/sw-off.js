// The kill switch: published in place of sw.js, it removes the service worker from every browser that has it.
// Browsers look for a new sw.js whenever a page is opened, so it takes effect at the next visit.
"use strict";

// Several apps may share one origin: only caches that begin with our own path are ours.
const PREFIX = `plimsoll:${new URL(registration.scope).pathname}:`;

async function remove() {
  for (const name of await caches.keys()) {
    if (name.startsWith(PREFIX)) await caches.delete(name);
  }
  // Only the pages that the old worker controls. The pages they become have no worker, so nothing goes round in circles
  // when they register this file once more.
  const pages = await clients.matchAll({ type: "window" });
  await registration.unregister();
  await Promise.all(pages.map((page) => page.navigate(anew(page.url)).catch(() => {})));
}

// Going to the same address with a # in it only scrolls. An empty query more makes it another page, with the same #.
function anew(address) {
  const [page, hash] = address.split(/(?=#)/);
  return hash ? `${page}${page.includes("?") ? "&" : "?"}${hash}` : page;
}

// Does not wait until all pages are closed: the old worker may be what keeps them broken.
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(remove()));
