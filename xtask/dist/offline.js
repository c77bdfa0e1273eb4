// Registers the service worker that keeps the page for when there is no network.

import { trusted } from "../../www/platform/trusted.js";

try {
  // Not there on pages without HTTPS and in some private windows; in a sandbox the very question throws.
  await navigator.serviceWorker?.register(trusted("service-worker.js"));
} catch (error) {
  console.info("not kept for offline:", error);
}
