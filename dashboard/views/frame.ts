import { html } from "htm/preact";
import type { ComponentChildren, VNode } from "preact";
import { useState } from "preact/hooks";
import type { TenantsBody } from "../../src/http/contract/tenants.ts";
import { useSession } from "../data/session.ts";
import { applyTheme, keepTheme, nextTheme, readTheme } from "../data/theme.ts";
import { type Route, toHash } from "../model/parse-route.ts";
import { Icon } from "../parts/icons.ts";

const LISTS = [
  ["overview", "Overview"],
  ["deadlines", "Deadlines"],
  ["deliveries", "Deliveries"],
  ["silences", "Silences"],
] as const;

/** What the frame is given. */
interface FrameProps {
  readonly route: Route;
  readonly tenants: TenantsBody["value"];
  readonly onSignOut: () => void;
  readonly children?: ComponentChildren;
}

/** What stands around every view: name, tenant switch, views, theme and keys. */
export function Frame({ route, tenants, onSignOut, children }: FrameProps): VNode {
  return html`
    <a class="skip-link" href="#main" onClick=${skipToMain}>Skip to the content</a>
    <header class="bar">
      <a class="brand" aria-label="Intune partner monitor" href=${toHash({ view: "overview", tenant: undefined })}>
        <span class="brand__mark" aria-hidden="true"></span><span class="brand__name">Intune partner monitor</span>
      </a>
      <nav class="bar__nav" aria-label="Views">
        ${LISTS.map(
          ([view, text]) => html`<a
            href=${toHash({ view, tenant: tenantOf(route) })}
            aria-current=${route.view === view ? "page" : undefined}
            >${text}</a
          >`,
        )}
      </nav>
      <div class="bar__tools">
        <${TenantSwitch} route=${route} tenants=${tenants} />
        <${ThemeSwitch} />
        <button class="button button--quiet" type="button" onClick=${onSignOut} title="Forget the keys of this session">
          <${Icon} name="key" /><span class="bar__word">Sign out</span>
        </button>
      </div>
    </header>
    <main id="main" class="main" tabindex="-1">${children}</main>
  `;
}

/** The fragment belongs to the views, so that a link within the page must not change it. */
function skipToMain(event: Event): void {
  event.preventDefault();
  document.querySelector<HTMLElement>("#main")?.focus();
}

function tenantOf(route: Route): string | undefined {
  return route.tenant === "fleet" ? undefined : route.tenant;
}

function TenantSwitch({ route, tenants }: Pick<FrameProps, "route" | "tenants">): VNode | undefined {
  if (tenants.length < 2) return undefined;
  const view = route.view === "connection" ? "overview" : route.view;
  function choose(event: { readonly currentTarget: HTMLSelectElement }): void {
    const { value } = event.currentTarget;
    location.hash = toHash({ view, tenant: value === "" ? undefined : value });
  }
  return html`<label class="tenant-switch">
    <span class="visually-hidden">Tenant</span>
    <select value=${tenantOf(route) ?? ""} onChange=${choose}>
      <option value="">All tenants</option>
      ${tenants.map(({ tenantId, tenantName }) => html`<option value=${tenantId}>${tenantName}</option>`)}
    </select>
  </label>`;
}

function ThemeSwitch(): VNode {
  const { announce } = useSession();
  const [theme, setTheme] = useState(() => readTheme(localStorage));
  function turn(): void {
    const next = nextTheme(theme);
    keepTheme(localStorage, next);
    applyTheme(document.documentElement, next);
    setTheme(next);
    announce(`Theme: ${next}`);
  }
  return html`<button class="button button--quiet" type="button" onClick=${turn} title="Theme: ${theme}">
    <${Icon} name="theme" /><span class="visually-hidden">Theme: ${theme}</span>
  </button>`;
}
