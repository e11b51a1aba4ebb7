// Responses as they come in: the server sends finished lines of the list.
(function () {
  "use strict";
  var list = document.getElementById("responses");
  var state = document.getElementById("live-state");
  if (list && "EventSource" in window) {
    var line = new EventSource(list.dataset.live);
    line.onopen = function () { state.textContent = state.dataset.on; };
    line.onerror = function () { state.textContent = state.dataset.off; };
    line.addEventListener("response", function (event) {
      var empty = document.getElementById("heard-empty");
      if (empty) { empty.remove(); }
      list.insertAdjacentHTML("afterbegin", event.data);
      while (list.children.length > 20) { list.lastElementChild.remove(); }
    });
  }
})();
