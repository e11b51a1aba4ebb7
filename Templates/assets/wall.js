// The wall: the server sends the whole board whenever it changed.
(function () {
  "use strict";
  var board = document.getElementById("board");
  var state = document.getElementById("line");
  if (!board || !("EventSource" in window)) { return; }
  var line = new EventSource(board.dataset.live);
  line.onopen = function () { state.textContent = ""; };
  line.onerror = function () { state.textContent = state.dataset.off; };
  line.addEventListener("board", function (event) { board.innerHTML = event.data; });
})();
