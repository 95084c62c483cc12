/** How the page looks: as the system says, or as the person chose. */
export type Theme = "system" | "light" | "dark";

const THEMES: readonly Theme[] = ["system", "light", "dark"];
const NAME = "monitor.theme";

/** Reads the theme that the person chose on this machine. */
export function readTheme(store: Pick<Storage, "getItem">): Theme {
  return THEMES.find((theme) => theme === store.getItem(NAME)) ?? "system";
}

/** Keeps the theme on this machine. */
export function keepTheme(store: Pick<Storage, "setItem">, theme: Theme): void {
  store.setItem(NAME, theme);
}

/** Returns the theme that a press of the switch leads to. */
export function nextTheme(theme: Theme): Theme {
  return THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? "system";
}

/** Puts a theme on the page. */
export function applyTheme(root: { readonly dataset: Record<string, string | undefined> }, theme: Theme): void {
  root.dataset["theme"] = theme;
}
