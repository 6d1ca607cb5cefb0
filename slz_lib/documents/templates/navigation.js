// The contents fold on narrow screens; the chapter being read is marked; only a table
// that does scroll is a stop of the keyboard.
(() => {
  "use strict";
  const wide = window.matchMedia("(min-width: 64rem)");
  const contents = document.querySelector(".contents details");
  if (contents) {
    const fold = () => { contents.open = wide.matches; };
    fold();
    wide.addEventListener("change", fold);
    const links = new Map();
    for (const link of contents.querySelectorAll("a")) {
      links.set(document.getElementById(link.hash.slice(1)), link);
    }
    const mark = () => {
      let current = null;
      for (const [heading, link] of links) {
        if (heading && heading.getBoundingClientRect().top < 120) current = link;
        link.removeAttribute("aria-current");
      }
      if (current) current.setAttribute("aria-current", "location");
    };
    let waiting = false;
    document.addEventListener("scroll", () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => { waiting = false; mark(); });
    }, { passive: true });
    mark();
  }
  const regions = document.querySelectorAll(".scroll");
  const stops = () => {
    for (const region of regions) {
      const scrolls = region.scrollWidth > region.clientWidth;
      if (scrolls) {
        region.setAttribute("role", "region");
        region.tabIndex = 0;
      } else {
        region.removeAttribute("role");
        region.removeAttribute("tabindex");
      }
    }
  };
  stops();
  window.addEventListener("resize", stops);
})();
