import { html } from "htm/preact";
import type { TargetedSubmitEvent, VNode } from "preact";
import type { Keys } from "../data/session-keys.ts";
import { TextField, textOf } from "../parts/form-parts.ts";
import { Icon } from "../parts/icons.ts";

/** What the sign-in is given. */
interface SignInProps {
  readonly onKeys: (keys: Keys) => void;
  /** The key that was entered before is not accepted. */
  readonly isRefused: boolean;
}

/** Asks for the keys; both stay in this tab until it is closed. */
export function SignIn({ onKeys, isRefused }: SignInProps): VNode {
  function enter(event: TargetedSubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    onKeys({ functionKey: textOf(form, "functionKey"), writeKey: textOf(form, "writeKey") });
  }

  return html`<main class="sign-in">
    <form class="sign-in__card" onSubmit=${enter}>
      <div class="brand brand--large"><span class="brand__mark" aria-hidden="true"></span>Intune partner monitor</div>
      <h1>Enter your key</h1>
      ${
        isRefused &&
        html`<div class="problem" role="alert">
          <${Icon} name="error" />
          <div><strong>The function key is not accepted.</strong> It may have been renewed, or belong to another app.</div>
        </div>`
      }
      <${TextField}
        name="functionKey"
        label="Function key"
        hint=${html`The Functions app has it under App keys; <code>npm start</code> prints it.`}
        type="password"
        spellcheck=${false}
        required
        autofocus
      />
      <${TextField}
        name="writeKey"
        label="Write key"
        hint="Optional: needed only to acknowledge, silence, replay or test."
        type="password"
        spellcheck=${false}
      />
      <button class="button button--primary" type="submit">Show me how things stand</button>
      <p class="field__hint">
        Both stay in this browser tab until it is closed. They travel in headers and never stand in an address.
      </p>
    </form>
  </main>`;
}
