/* Feedback in your page. One line:
     <script src="https://…/widget.js" data-service="…" data-touchpoint="…" data-mode="button" defer></script>
   data-mode: "button" (asks when pressed), "modal" (asks whoever is drawn), "inline" (data-target names the element).
   Needs of a page's policy: script-src and frame-src with our address, nothing else. No inline style is written. */
(function () {
  "use strict";
  var own = document.currentScript;
  if (!own || !own.src) { return; }
  var origin = new URL(own.src).origin;
  var data = own.dataset;
  if (!data.service || !data.touchpoint) { return; }
  var mode = data.mode || "button";
  var language = (data.language || document.documentElement.lang || navigator.language || "en").slice(0, 2);
  language = language === "es" ? "es" : "en";
  var words = language === "es"
    ? { open: "Su opinión", close: "Cerrar", title: "Cuéntenos cómo le fue" }
    : { open: "Feedback", close: "Close", title: "Tell us how it went" };

  // What we know a browser by: a number drawn here, kept in the page's own storage. It only spares people.
  function drawn(store, key) {
    try {
      var known = store.getItem(key);
      if (known) { return known; }
      var bytes = crypto.getRandomValues(new Uint8Array(16));
      known = Array.from(bytes, function (b) { return b.toString(16).padStart(2, "0"); }).join("");
      store.setItem(key, known);
      return known;
    } catch (_) { return null; }
  }

  function address() {
    var url = new URL(origin + "/widget/" + encodeURIComponent(data.service) + "/" + encodeURIComponent(data.touchpoint));
    url.searchParams.set("mode", mode);
    url.searchParams.set("language", language);
    if (mode !== "button") {
      var transaction = data.transaction || drawn(sessionStorage, "throughline:visit");
      var person = data.person || drawn(localStorage, "throughline:browser");
      if (!transaction) { return null; }
      url.searchParams.set("transaction", transaction);
      if (person) { url.searchParams.set("person", person); }
    }
    return url.href;
  }

  function style(element, rules) {
    // Through the object model, which a policy without inline styles allows.
    for (var name in rules) { element.style.setProperty(name, rules[name]); }
    return element;
  }

  function frame() {
    var box = document.createElement("iframe");
    box.title = words.title;
    // Never "allow" anything: the form needs no camera, no place, no storage of the page.
    box.referrerPolicy = "no-referrer";
    return style(box, { border: "0", width: "100%", height: "100%", display: "block", background: "#fff" });
  }

  function button(text) {
    var made = document.createElement("button");
    made.type = "button";
    made.textContent = text;
    return style(made, {
      font: "700 1rem/1.2 system-ui, sans-serif", color: "#fff", background: "#005ea2", border: "2px solid #fff",
      "border-radius": ".25rem", padding: ".75rem 1.25rem", "min-height": "44px", cursor: "pointer"
    });
  }

  function heard(box, say) {
    addEventListener("message", function (event) {
      if (event.origin !== origin || event.source !== box.contentWindow || !event.data) { return; }
      if (typeof event.data.throughline === "string") { say(event.data.throughline); }
    });
  }

  // A dialog keeps what is behind it out of reach, takes Escape, and gives the focus back when it closes.
  function dialog() {
    var box = document.createElement("dialog");
    box.setAttribute("aria-label", words.title);
    box.setAttribute("aria-modal", "true");
    style(box, {
      padding: "0", border: "1px solid #565c65", "border-radius": ".5rem", width: "min(40rem, calc(100vw - 2rem))",
      height: "min(46rem, calc(100vh - 2rem))", "max-width": "none", "max-height": "none", overflow: "hidden",
      background: "#fff", "box-sizing": "border-box"
    });
    var close = button(words.close);
    style(close, {
      position: "absolute", right: ".5rem", top: ".5rem", background: "#fff", color: "#1b1b1b", "border-color": "#565c65",
      padding: ".375rem .75rem", "z-index": "1"
    });
    var inner = frame();
    box.append(close, inner);
    document.body.append(box);
    var before = null;
    // Until the frame has spoken it is nobody's yet, and a message to it would go astray.
    var isReady = false;
    function shut() { if (box.open) { box.close(); } }
    close.addEventListener("click", shut);
    box.addEventListener("close", function () {
      if (before && before.isConnected) { before.focus(); }
      before = null;
    });
    function show() {
      if (box.open) { return; }
      before = document.activeElement;
      box.showModal();
      inner.focus();
      if (isReady) { inner.contentWindow.postMessage({ throughline: "focus" }, origin); }
    }
    heard(inner, function (what) {
      isReady = true;
      if (what === "close") { shut(); }
      if (what === "skip") { shut(); box.remove(); }
      if (what === "show" && mode === "modal") { show(); }
      if (what === "show" && box.open) { inner.contentWindow.postMessage({ throughline: "focus" }, origin); }
    });
    return { inner: inner, show: show };
  }

  function start() {
    var url = address();
    if (!url) { return; }
    if (mode === "inline") {
      var target = data.target && document.querySelector(data.target);
      if (!target) { return; }
      var inner = frame();
      // The element keeps the height the page gave it, so nothing below it moves.
      if (target.clientHeight < 200) { style(target, { height: "32rem" }); }
      inner.style.setProperty("visibility", "hidden");
      heard(inner, function (what) {
        if (what === "show" || what === "done") { inner.style.setProperty("visibility", "visible"); }
        if (what === "skip") { inner.remove(); }
      });
      inner.src = url;
      target.append(inner);
      return;
    }
    if (mode === "modal") {
      var asked = dialog();
      setTimeout(function () { asked.inner.src = url; }, 1000 * Math.max(0, Number(data.delay) || 0));
      return;
    }
    var opener = button(data.label || words.open);
    opener.setAttribute("aria-haspopup", "dialog");
    var place = data.target && document.querySelector(data.target);
    if (place) { place.append(opener); } else {
      style(opener, { position: "fixed", right: "1rem", bottom: "1rem", "z-index": "2147483000" });
      document.body.append(opener);
    }
    var shown = null;
    opener.addEventListener("click", function () {
      if (!shown) {
        shown = dialog();
        shown.inner.src = url;
      }
      shown.show();
    });
  }

  if (document.readyState === "loading") { addEventListener("DOMContentLoaded", start); } else { start(); }
})();
