// Lets a kiosk start without a line: its page, stylesheet and script are kept as last seen. Only those; presses are
// never answered from here.
"use strict";
const shelf = "kiosk-1";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  const isOurs = event.request.method === "GET" && address.origin === self.location.origin
    && (address.pathname.startsWith("/kiosk/") || address.pathname.startsWith("/assets/"));
  if (!isOurs) { return; }
  event.respondWith((async () => {
    const kept = await caches.open(shelf);
    try {
      const fresh = await fetch(event.request);
      if (fresh.ok) { await kept.put(event.request, fresh.clone()); }
      return fresh;
    } catch (problem) {
      // The very address first, so that a language asked for without a line is the one that comes.
      const last = await kept.match(event.request, { ignoreVary: true }) || await kept.match(event.request, {
        ignoreSearch: address.pathname.startsWith("/kiosk/"), ignoreVary: true
      });
      if (last) { return last; }
      throw problem;
    }
  })());
});
