"use strict";
// A little help where there is a script: everything works without it.
(function () {
  var errors = document.getElementById("errors");
  // What is wrong first, then what is still to be filled in, then the button.
  var fields = Array.prototype.slice.call(document.querySelectorAll("form.act[method=post] input:not([type=hidden]), form.act[method=post] select, form.act[method=post] textarea"));
  var first = document.querySelector("[autofocus]") || document.querySelector("form.act [aria-invalid]") ||
    fields.filter(function (field) { return !field.value; })[0] || (fields.length && document.querySelector("form.act[method=post] button")) ||
    document.getElementById("scan");
  if (errors) errors.focus();
  else if (first) first.focus({ preventScroll: first.form && first.form.classList.contains("bench") });
  // A badge in the scan field changes the person; what stands in the form goes along, to be found again.
  var scan = document.getElementById("scan"), act = document.querySelector("form[data-change]");
  if (scan && act) scan.form.addEventListener("submit", function (event) {
    if (!/^badge-/i.test(scan.value)) return;
    event.preventDefault();
    var here = scan.form.elements._target;
    [["_scan", scan.value], ["_change", act.dataset.change], ["_target", here ? here.value : ""]].forEach(function (pair) {
      var field = document.createElement("input");
      field.type = "hidden"; field.name = pair[0]; field.value = pair[1];
      act.appendChild(field);
    });
    act.setAttribute("action", "/scan");
    act.submit();
  });
  // After a badge comes its PIN, though the scanner sent its end of line.
  [["second", "second-password"], ["person", "password"]].forEach(function (pair) {
    var from = document.getElementById(pair[0]), to = document.getElementById(pair[1]);
    if (from && to && from.tagName === "INPUT") from.addEventListener("keydown", function (event) {
      if (event.key === "Enter" && !to.value) { event.preventDefault(); to.focus(); }
    });
  });
  // Scanners end with Enter: at the bench it goes on to what is still due, and sends only when nothing is.
  document.addEventListener("keydown", function (event) {
    var here = event.target, form = here.form;
    if (event.key !== "Enter" || event.defaultPrevented || here.type !== "text" || !here.value || !form || !form.matches("form.bench")) return;
    var left = Array.prototype.filter.call(form.elements, function (field) {
      var around = field.closest(".field");
      return around && !around.closest(".second") && !around.querySelector(".optional") &&
        (field.type === "radio" ? !form.elements[field.name].value : !field.value);
    })[0];
    if (left) { event.preventDefault(); left.focus(); }
  });
  // A second press of a button sends nothing again.
  document.addEventListener("submit", function (event) {
    if (event.target.dataset.sent) event.preventDefault();
    else if (event.target.closest(".laboratory") && window.fetch && !event.target.querySelector("[type=file]")) grow(event);
    event.target.dataset.sent = "yes";
  });
  // The chart of a series grows without a new page: what the server answers takes the place of what stands here.
  function grow(event) {
    var form = event.target, main = document.getElementById("main");
    event.preventDefault();
    fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) }).then(function (answer) {
      if (answer.redirected) history.replaceState(null, "", answer.url);
      return answer.text();
    }).then(function (text) {
      var page = new DOMParser().parseFromString(text, "text/html"), next = page.getElementById("main");
      document.title = page.title;
      main.replaceWith(next);
      (next.querySelector("#errors") || next.querySelector(".bench textarea, .bench button") || next).focus();
    }).catch(function () { form.submit(); });
  }
  window.addEventListener("pageshow", function () {
    Array.prototype.forEach.call(document.forms, function (form) { delete form.dataset.sent; });
  });
})();
