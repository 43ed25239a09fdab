(function (root) {
  root.classList.add(`js`);
  try {
    [`size`, `theme`, `plain`].forEach(function (name) {
      var chosen = localStorage.getItem(`bulletin-` + name);
      if (chosen) root.setAttribute(`data-` + name, chosen);
    });
  } catch (refused) { /* nothing may be kept here */ }
})(document.documentElement);
