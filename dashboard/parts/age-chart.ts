import { html } from "htm/preact";
import type { VNode } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type uPlot from "uplot";
import type { Curve } from "../model/chart-data.ts";

/** What a canvas does not follow by itself. */
const LOOKS = ["(prefers-color-scheme: dark)", "print"];

/** The drawing library asks for numbers in the browser's language, and is not there at all where that is no language tag ("en-US@posix"). */
function knowLanguage(): void {
  try {
    Intl.getCanonicalLocales(navigator.language);
  } catch {
    Object.defineProperty(navigator, "language", { value: "en-GB" });
  }
}

/** Draws a curve as wide as there is room, and anew when the colours turn. */
export function AgeChart({ curve, label }: { readonly curve: Curve; readonly label: string }): VNode {
  const box = useRef<HTMLDivElement>(null);
  const facts = JSON.stringify(curve);
  useEffect(() => {
    const target = box.current;
    if (target === null) return undefined;
    let chart: uPlot | undefined;
    let isGone = false;
    const draw = async (): Promise<void> => {
      knowLanguage();
      // Only this part needs the drawing library: the first screen does not wait for it.
      const { drawChart } = await import("./draw-chart.ts");
      chart?.destroy();
      if (!isGone) chart = drawChart(target, curve);
    };
    void draw();
    const sizes = new ResizeObserver(() => chart?.setSize({ width: target.clientWidth, height: chart.height }));
    sizes.observe(target);
    const redraw = (): void => void draw();
    const looks = LOOKS.map((query) => matchMedia(query));
    for (const look of looks) look.addEventListener("change", redraw);
    const themes = new MutationObserver(redraw);
    themes.observe(document.documentElement, { attributeFilter: ["data-theme"] });
    return () => {
      isGone = true;
      sizes.disconnect();
      themes.disconnect();
      for (const look of looks) look.removeEventListener("change", redraw);
      chart?.destroy();
    };
  }, [facts]);
  return html`<div class="chart__box" ref=${box} role="img" aria-label=${label}></div>`;
}
