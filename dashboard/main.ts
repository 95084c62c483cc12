import "./style/main.css";
import { html } from "htm/preact";
import { render } from "preact";
import { applyTheme, readTheme } from "./data/theme.ts";
import { App } from "./views/app.ts";

/*
 * The page. Its views and their deep links, all below `/api/dashboard/`:
 *
 * | view | link |
 * |---|---|
 * | how things stand, all tenants | `#/overview` |
 * | how things stand, one tenant | `#/overview?tenant=<tenant id>` |
 * | one connection | `#/connection/<tenant id>/<connection key>?days=7|30|90&day=<yyyy-mm-dd>` |
 * | dates ahead | `#/deadlines?tenant=<tenant id>` |
 * | what was sent to whom, channel test | `#/deliveries?tenant=<tenant id>` |
 * | silences and maintenance windows | `#/silences?tenant=<tenant id>` |
 *
 * Without a tenant a list shows all of them. Before the function key is entered every link shows the sign-in, and then goes
 * where it leads.
 */

applyTheme(document.documentElement, readTheme(localStorage));
const target = document.querySelector("#app");
if (target !== null) render(html`<${App} />`, target);
