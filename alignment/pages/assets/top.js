// Scrolls the page to its beginning when it shows another step than before. In: data {step}.
export default function ({ data }) {
  const before = window.alignmentStep;
  window.alignmentStep = data.step;
  if (before !== undefined && before !== data.step) {
    document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0);
  }
}
