// Inside the frame: tells the page around it what there is to show, and hands the Escape key out. No message holds
// anything of the person's.
(function () {
  "use strict";
  if (window.parent === window) { return; }
  function say(what) { window.parent.postMessage({ throughline: what }, "*"); }
  var frame = document.getElementById("frame");
  addEventListener("keydown", function (event) {
    if (event.key === "Escape" && !event.defaultPrevented) { say("close"); }
  });
  addEventListener("message", function (event) {
    if (event.source !== window.parent || !event.data || event.data.throughline !== "focus") { return; }
    var first = document.querySelector("h1, input:not([type=hidden]), button");
    if (first) {
      if (!first.hasAttribute("tabindex") && first.tagName === "H1") { first.tabIndex = -1; }
      first.focus();
    }
  });
  say(frame ? frame.dataset.says : "show");
})();
