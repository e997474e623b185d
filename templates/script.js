"use strict";
// A little help where there is a script: everything works without it.
(function () {
  var errors = document.getElementById("errors");
  var first = document.querySelector("[autofocus]") || document.querySelector("form.act [aria-invalid]") ||
    document.querySelector("form.act[method=post] input:not([type=hidden]), form.act[method=post] select, form.act[method=post] textarea") ||
    document.getElementById("scan");
  if (errors) errors.focus();
  else if (first) first.focus({ preventScroll: first.form && first.form.classList.contains("bench") });
  // A second press of a button sends nothing again.
  document.addEventListener("submit", function (event) {
    if (event.target.dataset.sent) event.preventDefault();
    event.target.dataset.sent = "yes";
  });
  window.addEventListener("pageshow", function () {
    Array.prototype.forEach.call(document.forms, function (form) { delete form.dataset.sent; });
  });
})();
