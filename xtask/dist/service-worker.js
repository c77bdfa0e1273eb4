// Keeps the files of one version of the site, and serves them from there. The next version waits until
// no page of this one is open any more: such a page may still load parts that the next one lacks.

// Other copies of the site may stand elsewhere on the same origin.
const SITE = `momentum-lab-${registration.scope}-`;
const NAME = `${SITE}__VERSION__`;
const FILES = "__FILES__";
// What the browser keeps by itself may be of an earlier version.
const FRESH = FILES.map((file) => new Request(file, { cache: "reload" }));

addEventListener("install", (event) => {
  event.waitUntil(caches.open(NAME).then((cache) => cache.addAll(FRESH)));
});

addEventListener("activate", (event) => {
  const old = (name) => name.startsWith(SITE) && name !== NAME;
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
