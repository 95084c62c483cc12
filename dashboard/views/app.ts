import { html } from "htm/preact";
import type { VNode } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { TenantsBody } from "../../src/http/contract/tenants.ts";
import { createClient } from "../data/create-client.ts";
import { createStore } from "../data/create-store.ts";
import { SessionContext, useRead } from "../data/session.ts";
import { forgetKeys, type Keys, keepKeys, readKeys } from "../data/session-keys.ts";
import { parseRoute, type Route } from "../model/parse-route.ts";
import { Loading, Problem } from "../parts/small-parts.ts";
import { ConnectionView } from "./connection-view.ts";
import { DeadlinesView } from "./deadlines-view.ts";
import { DeliveriesView } from "./deliveries-view.ts";
import { Frame } from "./frame.ts";
import { OverviewView } from "./overview-view.ts";
import { SignIn } from "./sign-in.ts";
import { SilencesView } from "./silences-view.ts";

/** How often the page asks whether anything has changed. */
const REFRESH_MS = 30_000;
/** How long an answer is waited for; the next read of an address waits for the one before. */
const PATIENCE_MS = 60_000;
/** How often ages move on. */
const TICK_MS = 5_000;

/** The functions of the API lie beside the page: `/api/dashboard/` and `/api/v1/…`. */
const API_ROOT = new URL("..", document.baseURI).pathname.replace(/\/$/, "");

/** The whole page: the sign-in, or the view that the address asks for. */
export function App(): VNode {
  const [keys, setKeys] = useState<Keys | undefined>(() => readKeys(sessionStorage));
  const [refused, setRefused] = useState(false);

  function signIn(given: Keys): void {
    keepKeys(sessionStorage, given);
    setRefused(false);
    setKeys(given);
  }
  function signOut(isRefused = false): void {
    forgetKeys(sessionStorage);
    setRefused(isRefused);
    setKeys(undefined);
  }

  return keys === undefined
    ? html`<${SignIn} onKeys=${signIn} isRefused=${refused} />`
    : html`<${SignedIn} keys=${keys} onSignOut=${signOut} />`;
}

interface SignedInProps {
  readonly keys: Keys;
  readonly onSignOut: (isRefused?: boolean) => void;
}

function SignedIn({ keys, onSignOut }: SignedInProps): VNode {
  const { client, store } = useMemo(() => {
    const made = createClient({
      fetch: (path, init) => fetch(path, init),
      clockMs: Date.now,
      deadline: () => AbortSignal.timeout(PATIENCE_MS),
      root: API_ROOT,
      keys,
    });
    return { client: made, store: createStore(made) };
  }, [keys]);
  const [nowMs, setNowMs] = useState(() => client.nowMs());
  const [said, setSaid] = useState({ text: "", turn: 0 });
  const announce = (text: string): void => setSaid(({ turn }) => ({ text, turn: turn + 1 }));
  useTimer(() => setNowMs(client.nowMs()), TICK_MS);
  useTimer(() => {
    if (!document.hidden) void store.refresh();
  }, REFRESH_MS);
  /** What was just written is from now on, so now must not be a tick ago. */
  function announceNow(text: string): void {
    setNowMs(client.nowMs());
    announce(text);
  }
  const session = { client, store, nowMs, canWrite: keys.writeKey !== "", announce: announceNow };
  return html`<${SessionContext.Provider} value=${session}>
    <${Views} onSignOut=${onSignOut} />
    <div role="status">
      ${said.text !== "" && html`<p key=${said.turn} class="toast" onClick=${() => announce("")}>${said.text}</p>`}
    </div>
  <//>`;
}

function Views({ onSignOut }: Pick<SignedInProps, "onSignOut">): VNode {
  const route = useRoute();
  const tenants = useRead<TenantsBody>("v1/tenants");
  useEffect(() => {
    if (tenants.kind === "failed" && tenants.failure.kind === "unauthorized") onSignOut(true);
  }, [tenants]);
  useEffect(() => window.scrollTo(0, 0), [route.view, route.view === "connection" ? route.connectionKey : ""]);
  const list = tenants.kind === "ready" ? tenants.body.value.filter(({ tenantId }) => tenantId !== "fleet") : [];
  return html`<${Frame} route=${route} tenants=${list} onSignOut=${() => onSignOut()}>
    ${tenants.kind === "loading" && html`<${Loading} lines=${6} />`}
    ${tenants.kind === "failed" && html`<${Problem} failure=${tenants.failure} what="The monitor" />`}
    ${tenants.kind === "ready" && viewOf(route, list)}
  <//>`;
}

function viewOf(route: Route, tenants: TenantsBody["value"]): VNode {
  if (route.view === "connection") {
    return html`<${ConnectionView} key=${route.connectionKey} route=${route} />`;
  }
  const shown = tenants.filter(({ tenantId }) => route.tenant === undefined || tenantId === route.tenant);
  const tenantIds = shown.map(({ tenantId }) => tenantId);
  switch (route.view) {
    case "overview":
      return html`<${OverviewView} tenants=${shown} />`;
    case "deadlines":
      return html`<${DeadlinesView} tenantIds=${tenantIds} />`;
    case "deliveries":
      return html`<${DeliveriesView} tenants=${shown} />`;
    case "silences":
      return html`<${SilencesView} tenants=${shown} />`;
  }
}

function useRoute(): Route {
  const [route, setRoute] = useState(() => parseRoute(location.hash));
  useEffect(() => {
    const follow = (): void => setRoute(parseRoute(location.hash));
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, []);
  return route;
}

/** Calls the newest `work` again and again; drawing in between does not put it off. */
function useTimer(work: () => void, periodMs: number): void {
  const newest = useRef(work);
  newest.current = work;
  useEffect(() => {
    const timer = setInterval(() => newest.current(), periodMs);
    return () => clearInterval(timer);
  }, [periodMs]);
}
