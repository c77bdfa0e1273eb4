// Registers the service worker that keeps the page for when there is no network.

// Not there on pages without HTTPS, in some private windows, and where a page forbids it.
navigator.serviceWorker?.register("service-worker.js").catch((error) => console.info("not kept for offline:", error));
