(() => {
  // The texts of a page whose contrast with their background is below WCAG AA: 4.5, and 3 for large text.
  const channels = (color) => (color.match(/[\d.]+/g) || []).map(Number);
  const luminance = ([red, green, blue]) =>
    [red, green, blue]
      .map((value) => value / 255)
      .map((value) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
      .reduce((sum, value, index) => sum + value * [0.2126, 0.7152, 0.0722][index], 0);
  const background = (element) => {
    for (let node = element; node; node = node.parentElement) {
      const [red, green, blue, alpha = 1] = channels(getComputedStyle(node).backgroundColor);
      if (alpha > 0) return [red, green, blue];
    }
    return [255, 255, 255];
  };
  const problems = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || element.closest("script, style, title, option")) continue;
    const style = getComputedStyle(element);
    const inPicture = element.closest("svg");
    const rect = inPicture && element.parentElement.querySelector("rect");
    const front = channels(inPicture ? style.fill : style.color);
    const back = rect ? channels(getComputedStyle(rect).fill) : background(element);
    const [light, dark] = [luminance(front), luminance(back)].sort((one, other) => other - one);
    const ratio = (light + 0.05) / (dark + 0.05);
    const size = parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio < (isLarge ? 3 : 4.5)) problems.push(`${element.tagName}.${element.className} ${ratio.toFixed(2)} ${walker.currentNode.data.trim()}`);
  }
  return problems;
})();
