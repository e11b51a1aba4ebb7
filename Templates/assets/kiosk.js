// The kiosk's queue: a press is kept on the device before anything is sent, sent when the line is there, and
// forgotten only when the server says it is stored. Each press has its own key, so sending twice stores once.
(function () {
  "use strict";
  var body = document.body;
  var path = body.dataset.presses;
  var store = "presses:" + path;
  var ask = document.getElementById("ask");
  var thanks = document.getElementById("thanks");
  var waiting = document.getElementById("waiting");
  var sending = false;
  var home = null;
  var tokenStore = "device:" + path;

  // A device is set up once by an address that ends in "#device=…": the part after # is never sent to a server, and
  // is taken out of the address at once.
  (function () {
    var given = /^#device=([0-9A-Za-z_-]{16,128})$/.exec(location.hash);
    if (!given) { return; }
    try { localStorage.setItem(tokenStore, given[1]); } catch (_) { return; }
    history.replaceState(null, "", location.pathname + location.search);
  })();

  function headers() {
    var all = { "Content-Type": "application/json" };
    var token = null;
    try { token = localStorage.getItem(tokenStore); } catch (_) { /* none */ }
    if (token) { all["X-Device-Token"] = token; }
    return all;
  }

  function pulse() {
    if (!headers()["X-Device-Token"]) { return; }
    fetch(body.dataset.pulse, {
      method: "POST", headers: headers(), credentials: "omit", body: JSON.stringify({ waiting: read().length })
    }).catch(function () {});
  }

  function read() {
    try {
      var kept = JSON.parse(localStorage.getItem(store) || "[]");
      return Array.isArray(kept) ? kept : [];
    } catch (_) { return []; }
  }

  function write(presses) {
    localStorage.setItem(store, JSON.stringify(presses));
    var n = presses.length;
    waiting.hidden = n === 0;
    waiting.textContent = (n === 1 ? waiting.dataset.one : waiting.dataset.other).replace("{n}", n);
  }

  // A UUID of version 7 without hyphens: time first, so keys sort as they were pressed.
  function key() {
    var bytes = crypto.getRandomValues(new Uint8Array(16));
    var now = Date.now();
    for (var i = 5; i >= 0; i--) { bytes[i] = now % 256; now = Math.floor(now / 256); }
    bytes[6] = bytes[6] & 15 | 112;
    bytes[8] = bytes[8] & 63 | 128;
    return Array.from(bytes, function (b) { return b.toString(16).padStart(2, "0"); }).join("");
  }

  function send() {
    var all = read(), batch = all.slice(0, 100);
    if (sending || batch.length === 0) { return; }
    sending = true;
    fetch(path, {
      method: "POST", headers: headers(), credentials: "omit",
      body: JSON.stringify({ presses: batch, waiting: all.length })
    }).then(function (answer) {
      if (!answer.ok) { throw new Error(String(answer.status)); }
      return answer.json();
    }).then(function (receipt) {
      var settled = new Set(receipt.stored.concat(receipt.refused));
      write(read().filter(function (press) { return !settled.has(press.id); }));
      sending = false;
      if (settled.size > 0) { send(); }
    }).catch(function () { sending = false; });
  }

  // Whoever comes next finds the kiosk as it was set up: after half a minute without a touch the language is the one the
  // device first showed, the page is at its top and nothing is half done.
  var idle = null;
  var languageStore = "language:" + path;
  var spoken = document.documentElement.lang;
  var own = spoken;
  try {
    own = localStorage.getItem(languageStore) || spoken;
    localStorage.setItem(languageStore, own);
  } catch (_) { /* keeps what it shows */ }

  function rest() {
    attract();
    scrollTo(0, 0);
    if (document.activeElement) { document.activeElement.blur(); }
    var home = spoken === own ? null : document.querySelector(".langs a[lang='" + own + "']");
    if (home) { location.replace(home.href); }
  }

  function touched() {
    clearTimeout(idle);
    idle = setTimeout(rest, Number(body.dataset.idle) * 1000);
  }

  ["pointerdown", "keydown", "touchstart", "scroll"].forEach(function (name) {
    addEventListener(name, touched, { passive: true });
  });
  touched();

  function attract() {
    thanks.hidden = true;
    ask.hidden = false;
    document.querySelectorAll(".is-pressed").forEach(function (b) { b.classList.remove("is-pressed"); });
  }

  document.getElementById("presses").addEventListener("submit", function (event) {
    var button = event.submitter;
    if (!button) { return; }
    var press = { id: key(), value: Number(button.value), at: new Date().toISOString() };
    try { write(read().concat(press)); } catch (_) { return; } // No room to keep it: let the form be sent as it is.
    event.preventDefault();
    button.classList.add("is-pressed");
    ask.hidden = true;
    thanks.hidden = false;
    clearTimeout(home);
    home = setTimeout(attract, 3000);
    send();
  });

  addEventListener("online", send);
  addEventListener("pageshow", function () { attract(); touched(); });
  setInterval(send, 15000);
  setInterval(pulse, 60000);
  pulse();
  write(read());
  send();
  if ("serviceWorker" in navigator) {
    navigator.serviceWorker.register(body.dataset.worker, { scope: "/kiosk/" }).then(function () {
      // This page came before the worker did: kept now, so that the device starts again without a line.
      var own = Array.from(document.querySelectorAll("link[href], script[src]"), function (e) { return e.href || e.src; });
      return caches.open("kiosk-1").then(function (shelf) { return shelf.addAll([location.pathname].concat(own)); });
    }).catch(function () {});
  }
})();
