"use strict";
(() => {
  const find = (selector) => [...document.querySelectorAll(selector)];
  const get = (id) => document.getElementById(id);
  const search = get("search"), level = get("level"), family = get("family"), found = get("found");
  const changes = find(".change"), rows = find(".row, .card"), groups = find(".group");
  const texts = new Map();
  const text = (element) => {
    if (!texts.has(element)) texts.set(element, element.textContent.toLowerCase());
    return texts.get(element);
  };
  const matches = (element, words) =>
    words.every((word) => text(element).includes(word)) &&
    (!level.value || !element.dataset.level || element.dataset.level === level.value) &&
    (!family.value || !element.dataset.family || element.dataset.family === family.value);

  let current = null;
  const mark = (change) => {
    if (current) current.classList.remove("current");
    current = change;
    if (!change) return;
    change.classList.add("current");
    change.closest(".group").open = true;
    change.querySelector("summary").focus({ preventScroll: true });
    change.scrollIntoView({ block: "center" });
  };

  const filter = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const change of changes) {
      change.hidden = !matches(change, words);
      shown += !change.hidden;
    }
    for (const row of rows) row.hidden = !matches(row, words);
    for (const group of groups) group.hidden = !group.querySelector(".change:not([hidden])");
    const isFiltered = words.length || level.value || family.value;
    found.textContent = isFiltered ? `${shown} of ${changes.length} changes` : "";
    if (current && current.hidden) mark(null);
  };
  const open = (value) => {
    for (const details of find(".group, .change")) details.open = value || details.classList.contains("group");
  };
  const clear = () => {
    search.value = level.value = family.value = "";
    filter();
  };
  const step = (by) => {
    const visible = changes.filter((change) => !change.hidden);
    const next = current ? visible.indexOf(current) + by : by > 0 ? 0 : visible.length - 1;
    if (visible[next]) mark(visible[next]);
  };

  let timer = 0;
  search.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(filter, 80);
  });
  level.addEventListener("change", filter);
  family.addEventListener("change", filter);
  get("expand").addEventListener("click", () => open(true));
  get("collapse").addEventListener("click", () => open(false));
  get("theme").addEventListener("click", () => {
    const root = document.documentElement;
    const isDark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = isDark ? "light" : "dark";
  });
  const keys = { j: () => step(1), k: () => step(-1), e: () => open(true), c: () => open(false), "/": () => search.focus() };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      clear();
      document.activeElement.blur();
    } else if (keys[event.key] && !event.target.closest?.("input, select, textarea")) {
      event.preventDefault();
      keys[event.key]();
    }
  });
  const follow = () => {
    const target = location.hash && get(decodeURIComponent(location.hash.slice(1)));
    if (target && target.classList.contains("change")) {
      target.open = true;
      mark(target);
    }
  };
  addEventListener("hashchange", follow);
  addEventListener("beforeprint", () => open(true));
  get("toolbar").hidden = get("keys").hidden = false;
  follow();
})();
