import { useEffect, useState } from "preact/hooks";

/** Tells whether the page is on its way to paper, which has no button that shows the rest. */
export function usePrinting(): boolean {
  const [isPrinting, setPrinting] = useState(false);
  useEffect(() => {
    const print = matchMedia("print");
    const follow = (): void => setPrinting(print.matches);
    follow();
    print.addEventListener("change", follow);
    return () => print.removeEventListener("change", follow);
  }, []);
  return isPrinting;
}
