// Keeps one version of the page, whole and checked, for when there is no network.
//
// The two constants are written by `cargo xtask build` from the final bytes. A version is installed only if every file
// arrives with the sum written here; else the version before it stays. A newer version waits until the page asks for it.
"use strict";

const VERSION = "";
/** @type {[string, string][]} */
const FILES = [];

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const HERE = new URL(worker.registration.scope).pathname;
// Several apps may share one origin: ours alone are touched.
const PREFIX = `plimsoll:${HERE}:`;
const CACHE = `${PREFIX}${VERSION}`;
const SITE = `${PREFIX}site`;
const PAGE = "./";
const CONFIG = "plimsoll.config.json";
const LIMIT_MS = 3_000;

/** @param {ArrayBuffer} buffer */
const hex = (buffer) => [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** @param {string} path @param {string} sum @returns {Promise<[string, Response]>} */
async function checked(path, sum) {
  const response = await fetch(path, { cache: "reload" });
  const bytes = await response.clone().arrayBuffer();
  const found = hex(await crypto.subtle.digest("SHA-256", bytes));
  if (!response.ok || response.redirected || found !== sum) throw new Error(`${path}: ${response.status}, ${found}`);
  return [path, response];
}

// Nothing is kept before everything is here.
async function install() {
  const files = await Promise.all(FILES.map(([path, sum]) => checked(path, sum)));
  const cache = await caches.open(CACHE);
  try {
    await Promise.all(files.map(([path, response]) => cache.put(path, response)));
  } catch (error) {
    await caches.delete(CACHE);
    throw error;
  }
  await config(new Request(CONFIG)).catch(() => {});
}

async function activate() {
  for (const name of await caches.keys()) {
    if (name.startsWith(PREFIX) && name !== CACHE && name !== SITE) await caches.delete(name);
  }
}

/**
 * The answer of the network, if it comes whole and in time.
 *
 * @param {Request} request
 * @param {RequestInit} [options]
 */
async function network(request, options) {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), LIMIT_MS);
  try {
    const response = await fetch(request, { ...options, signal: abort.signal });
    // A redirect, to a login page perhaps, is for the browser to follow.
    const text = response.type === "opaqueredirect" ? "" : await response.clone().text();
    return { response, text };
  } finally {
    clearTimeout(timer);
  }
}

// The page comes from the network, so that nobody is held in an old one by a worker. But another version of it than this
// worker keeps may be half uploaded: it is shown once its own worker has all of it and the user asks.
/** @param {Request} request */
async function page(request) {
  const kept = await (await caches.open(CACHE)).match(PAGE);
  if (!kept) return fetch(request);
  try {
    const { response, text } = await network(request);
    if (response.type === "opaqueredirect") return response;
    const version = /name="plimsoll-version" content="([^"]*)"/.exec(text)?.[1];
    if (response.ok && (version === undefined || version === VERSION)) return response;
  } catch {
    // No network, or too slow a one.
  }
  return kept;
}

// The site's own defaults may change without a new version.
/** @param {Request} request */
async function config(request) {
  const site = await caches.open(SITE);
  try {
    const { response } = await network(request, { cache: "no-cache" });
    if (response.ok) await site.put(CONFIG, response.clone());
    else if (response.status === 404) await site.delete(CONFIG);
    return response;
  } catch (error) {
    const kept = await site.match(CONFIG);
    if (kept) return kept;
    throw error;
  }
}

/** @param {string} path @param {Request} request */
async function file(path, request) {
  return (await (await caches.open(CACHE)).match(path)) ?? fetch(request);
}

worker.addEventListener("install", (event) => event.waitUntil(install()));
worker.addEventListener("activate", (event) => event.waitUntil(activate()));
worker.addEventListener("message", (event) => {
  if (event.data === "plimsoll:take-over") worker.skipWaiting();
});
worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin || !url.pathname.startsWith(HERE)) return;
  const path = url.pathname.slice(HERE.length);
  if (request.mode === "navigate") {
    if (path === "" || path === "index.html") event.respondWith(page(request));
  } else if (path === CONFIG) {
    event.respondWith(config(request));
  } else if (FILES.some(([name]) => name === path)) {
    event.respondWith(file(path, request));
  }
});
