// Keeps the files of one version of the site, and serves them from there.

const NAME = "momentum-lab-__VERSION__";
const FILES = "__FILES__";

addEventListener("install", (event) => {
  event.waitUntil(caches.open(NAME).then((cache) => cache.addAll(FILES)).then(() => skipWaiting()));
});

addEventListener("activate", (event) => {
  const old = (name) => name.startsWith("momentum-lab-") && name !== NAME;
  event.waitUntil(caches.keys()
    .then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name))))
    .then(() => clients.claim()));
});

addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== location.origin) return;
  event.respondWith(caches.open(NAME)
    .then((cache) => cache.match(request, { ignoreSearch: request.mode === "navigate" }))
    .then((kept) => kept ?? fetch(request)));
});
