// In a flood a form asks the browser for a little work, so that a thousand answers cost a thousand times as much as one.
// The number sought makes SHA-256 of "ticket:number" begin with so many zero bits. It is sought while the person reads.
(function () {
  "use strict";
  var form = document.querySelector("form[data-bits]");
  if (!form) { return; }
  var bits = Number(form.dataset.bits);
  var ticket = form.elements.ticket && form.elements.ticket.value;
  if (!bits || !ticket) { return; }
  var K = [], found = null, waiting = false, next = 0;

  (function () {
    for (var n = 2; K.length < 64; n++) {
      for (var d = 2; d * d <= n && n % d; d++) { /* looks for a divisor */ }
      if (d * d > n) { K.push((Math.cbrt(n) % 1) * 4294967296 | 0); }
    }
  })();
  var start = [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19];
  var w = new Int32Array(64);

  function block(h, bytes, at) {
    for (var i = 0; i < 16; i++, at += 4) {
      w[i] = bytes[at] << 24 | bytes[at + 1] << 16 | bytes[at + 2] << 8 | bytes[at + 3];
    }
    for (; i < 64; i++) {
      var x = w[i - 15], y = w[i - 2];
      var s0 = (x >>> 7 | x << 25) ^ (x >>> 18 | x << 14) ^ x >>> 3;
      var s1 = (y >>> 17 | y << 15) ^ (y >>> 19 | y << 13) ^ y >>> 10;
      w[i] = w[i - 16] + s0 + w[i - 7] + s1 | 0;
    }
    var a = h[0], b = h[1], c = h[2], d = h[3], e = h[4], f = h[5], g = h[6], p = h[7];
    for (i = 0; i < 64; i++) {
      var t1 = p + ((e >>> 6 | e << 26) ^ (e >>> 11 | e << 21) ^ (e >>> 25 | e << 7))
        + (e & f ^ ~e & g) + K[i] + w[i] | 0;
      var t2 = ((a >>> 2 | a << 30) ^ (a >>> 13 | a << 19) ^ (a >>> 22 | a << 10)) + (a & b ^ a & c ^ b & c) | 0;
      p = g; g = f; f = e; e = d + t1 | 0; d = c; c = b; b = a; a = t1 + t2 | 0;
    }
    h[0] = h[0] + a | 0; h[1] = h[1] + b | 0; h[2] = h[2] + c | 0; h[3] = h[3] + d | 0;
    h[4] = h[4] + e | 0; h[5] = h[5] + f | 0; h[6] = h[6] + g | 0; h[7] = h[7] + p | 0;
  }

  function zeros(text) {
    var size = (text.length + 9 + 63 >> 6) << 6;
    var bytes = new Uint8Array(size);
    for (var i = 0; i < text.length; i++) { bytes[i] = text.charCodeAt(i); }
    bytes[text.length] = 128;
    var length = text.length * 8;
    for (i = 1; i <= 4; i++) { bytes[size - i] = length & 255; length >>>= 8; }
    var h = start.slice();
    for (var at = 0; at < size; at += 64) { block(h, bytes, at); }
    return h[0] === 0 ? 32 : Math.clz32(h[0]);
  }

  function done() {
    form.elements.work.value = found;
    if (waiting) { form.submit(); }
  }

  function slice() {
    var until = performance.now() + 12;
    do {
      for (var i = 0; i < 64; i++, next++) {
        if (zeros(ticket + ":" + next) >= bits) { found = String(next); done(); return; }
      }
    } while (performance.now() < until);
    setTimeout(slice, 0);
  }

  form.addEventListener("submit", function (event) {
    if (found !== null) { return; }
    event.preventDefault();
    waiting = true;
    form.setAttribute("aria-busy", "true");
    // A form posted by script carries no button: the one pressed is named in its stead.
    if (event.submitter && event.submitter.name) {
      var field = document.createElement("input");
      field.type = "hidden";
      field.name = event.submitter.name;
      field.value = event.submitter.value;
      form.appendChild(field);
    }
  });
  slice();
})();
