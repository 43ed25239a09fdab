/* What the reader chose (size, colours, reading mode), and reading aloud. Every page is complete without this script. */
(function () {
  "use strict";

  var root = document.documentElement;
  var told = document.getElementById("told");
  var CHOICES = ["size", "theme", "plain", "keys"];

  function tell(words) {
    told.textContent = words;
  }

  /* What was chosen stands on <html> as data-size … and is kept; a browser that keeps nothing still shows it on this page. */

  function kept(name) {
    try {
      return localStorage.getItem("bulletin-" + name) || "";
    } catch (refused) {
      return root.getAttribute("data-" + name) || "";
    }
  }

  function keep(name, value) {
    try {
      if (value) localStorage.setItem("bulletin-" + name, value);
      else localStorage.removeItem("bulletin-" + name);
    } catch (refused) { /* this page only */ }
  }

  function show(name, value) {
    if (value) root.setAttribute("data-" + name, value);
    else root.removeAttribute("data-" + name);
  }

  function inForce(name) {
    var chosen = root.getAttribute("data-" + name);
    if (chosen || name === "plain" || name === "keys") return chosen || "";
    if (name === "size") return "standard";
    return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  }

  function press() {
    document.querySelectorAll("[data-choose]").forEach(function (button) {
      button.setAttribute("aria-pressed", String(inForce(button.dataset.choose) === button.value));
    });
  }

  function choose(button) {
    var name = button.dataset.choose;
    var turnedOff = (name === "plain" || name === "keys") && inForce(name) === button.value;
    var value = turnedOff ? "" : button.value;
    keep(name, value);
    show(name, value);
    press();
    var group = button.parentNode.getAttribute("aria-label");
    tell((group ? group + "：" : "") + button.textContent + (turnedOff ? "，已取消" : "，已选"));
  }

  function reset() {
    CHOICES.forEach(function (name) {
      keep(name, "");
      show(name, "");
    });
    press();
    tell("已恢复默认");
  }

  function restore() {
    CHOICES.forEach(function (name) {
      show(name, kept(name));
    });
    press();
  }

  document.querySelectorAll("[data-choose]").forEach(function (button) {
    button.addEventListener("click", function () { choose(button); });
  });
  document.getElementById("reset").addEventListener("click", reset);
  var opener = document.getElementById("opener");
  opener.addEventListener("click", function () {
    opener.setAttribute("aria-expanded", String(opener.getAttribute("aria-expanded") !== "true"));
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", press);
  addEventListener("pageshow", restore);
  restore();

  /* “/” goes to the search box, unless the reader writes, or has turned it off (WCAG 2.2, 2.1.4). */

  addEventListener("keydown", function (event) {
    var writing = event.target.closest && event.target.closest("input, select, textarea, [contenteditable]");
    var box = document.querySelector("#search input");
    if (event.key !== "/" || event.ctrlKey || event.altKey || event.metaKey || writing || inForce("keys") || !box) return;
    event.preventDefault();
    box.focus();
  });

  /* Reading aloud: sentence by sentence, as long utterances stop by themselves in some browsers. */

  var speak = document.getElementById("speak");
  var region = document.querySelector("[data-read]");
  var speech = window.speechSynthesis;
  if (!speak || !region || !speech || !window.SpeechSynthesisUtterance) return;

  var player = document.getElementById("player");
  var pause = document.getElementById("pause");
  var LONGEST = 150;
  var BLOCKS = "p, li, h1, h2, h3, h4, h5, td, th, figcaption, pre";
  var SILENT = "sup, nav, .facts, [hidden]";
  var sentences = [];
  var at = 0;
  var utterance = null;

  function voice() {
    var chinese = speech.getVoices().filter(function (each) {
      return /^(zh|cmn)/i.test(each.lang) && (each.localService || !("local" in speak.dataset));
    });
    function worth(each) {
      return (each.localService ? 2 : 0) + (/CN|Hans/i.test(each.lang) ? 1 : 0);
    }
    return chinese.sort(function (one, other) { return worth(other) - worth(one); })[0];
  }

  /* The text nodes of each block, in order. */
  function blocks() {
    var found = [];
    var walker = document.createTreeWalker(region, NodeFilter.SHOW_TEXT);
    for (var node = walker.nextNode(); node; node = walker.nextNode()) {
      var block = node.parentElement.closest(BLOCKS);
      if (!block || !region.contains(block) || node.parentElement.closest(SILENT)) continue;
      var last = found[found.length - 1];
      if (last && last.block === block) last.nodes.push(node);
      else if (node.data.trim()) found.push({ block: block, nodes: [node] });
    }
    return found;
  }

  /* Where a text is cut: after 。；！？ and their closing marks; a longer stretch at its last comma. */
  function cuts(text) {
    var ends = [];
    var from = 0;
    (text.match(/[^。；！？!?]*[。；！？!?]+[”’』」）]*|[^。；！？!?]+$/g) || []).forEach(function (sentence) {
      var end = from + sentence.length;
      while (end - from > LONGEST) {
        var comma = Math.max(text.lastIndexOf("，", from + LONGEST - 1), text.lastIndexOf("、", from + LONGEST - 1));
        from = comma >= from ? comma + 1 : from + LONGEST;
        ends.push(from);
      }
      from = end;
      ends.push(end);
    });
    return ends;
  }

  function place(nodes, offset, atEnd) {
    for (var index = 0; index < nodes.length; index++) {
      var length = nodes[index].data.length;
      if (offset < length || (offset === length && (atEnd || index === nodes.length - 1))) return [nodes[index], offset];
      offset -= length;
    }
  }

  function cut() {
    var found = [];
    blocks().forEach(function (each) {
      var text = each.nodes.map(function (node) { return node.data; }).join("");
      var from = 0;
      cuts(text).forEach(function (end) {
        var range = document.createRange();
        range.setStart.apply(range, place(each.nodes, from, false));
        range.setEnd.apply(range, place(each.nodes, end, true));
        if (/[\p{L}\p{N}]/u.test(text.slice(from, end))) found.push({ text: text.slice(from, end), range: range, block: each.block });
        from = end;
      });
    });
    return found;
  }

  function mark(sentence) {
    region.querySelectorAll(".spoken").forEach(function (block) { block.classList.remove("spoken"); });
    if (window.CSS && CSS.highlights) {
      CSS.highlights.delete("spoken");
      if (sentence) CSS.highlights.set("spoken", new Highlight(sentence.range));
    } else if (sentence) sentence.block.classList.add("spoken");
  }

  function bringIntoView(sentence) {
    var box = sentence.range.getBoundingClientRect();
    if (box.top < 0 || box.bottom > innerHeight - player.offsetHeight) sentence.block.scrollIntoView({ block: "center" });
  }

  function silence() {
    utterance = null;
    speech.cancel();
  }

  function say() {
    silence();
    var sentence = sentences[at];
    if (!sentence) return end("读完了");
    var mine = new SpeechSynthesisUtterance(sentence.text);
    mine.lang = "zh-CN";
    mine.voice = voice() || null;
    mine.rate = 0.9;
    mine.onend = function () {
      if (utterance !== mine) return;
      at += 1;
      say();
    };
    mine.onerror = function () {
      if (utterance === mine) end("朗读中断了");
    };
    utterance = mine;
    mark(sentence);
    bringIntoView(sentence);
    speech.speak(mine);
    pause.textContent = "暂停";
  }

  function begin() {
    sentences = cut();
    at = Math.max(0, sentences.findIndex(function (each) { return each.range.getBoundingClientRect().bottom > 0; }));
    player.hidden = false;
    speak.textContent = "结束朗读";
    tell("开始朗读");
    say();
  }

  function end(words) {
    var within = player.contains(document.activeElement);
    silence();
    mark(null);
    player.hidden = true;
    speak.textContent = "朗读";
    if (within) speak.focus();
    tell(words);
  }

  /* Pausing is ending and beginning the sentence again: pause() does nothing on many telephones. */
  function pauseOrGoOn() {
    if (!utterance) {
      tell("继续朗读");
      say();
      return;
    }
    silence();
    pause.textContent = "继续";
    tell("已暂停");
  }

  function move(step) {
    at = Math.max(0, at + step);
    say();
  }

  function offer() {
    speak.disabled = !voice();
  }

  speak.addEventListener("click", function () {
    if (player.hidden) begin();
    else end("已结束朗读");
  });
  pause.addEventListener("click", pauseOrGoOn);
  document.getElementById("back").addEventListener("click", function () { move(-1); });
  document.getElementById("forward").addEventListener("click", function () { move(1); });
  document.getElementById("stop").addEventListener("click", function () { end("已结束朗读"); });
  addEventListener("keydown", function (event) {
    if (event.key === "Escape" && !player.hidden) end("已结束朗读");
  });
  addEventListener("pagehide", function () {
    if (!player.hidden) end("");
  });
  if (speech.addEventListener) speech.addEventListener("voiceschanged", offer);
  offer();
})();
