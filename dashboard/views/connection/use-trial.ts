import { useRef, useState } from "preact/hooks";
import type { PreviewBody } from "../../../src/http/contract/preview.ts";
import type { Failure, Outcome } from "../../data/create-client.ts";
import { pathOf, spanStart } from "../../data/paths.ts";
import { useSession } from "../../data/session.ts";
import type { ConnectionRoute } from "../../model/parse-route.ts";
import type { TriedSettings } from "../../model/trial.ts";

/** What came of trying other limits. */
export type Trial =
  | { readonly kind: "none" }
  | { readonly kind: "asked" }
  | { readonly kind: "told"; readonly preview: PreviewBody }
  | { readonly kind: "failed"; readonly failure: Failure };

interface TrialUse {
  readonly trial: Trial;
  readonly tryOut: (ruleId: string, settings: TriedSettings) => Promise<void>;
  /** Drops what came of it, and what is still to come. */
  readonly forget: () => void;
}

/** Asks for previews of one connection; that writes nothing and needs no write key. */
export function useTrial({ tenant, connectionKey: connection, days }: ConnectionRoute): TrialUse {
  const { client, announce } = useSession();
  const [trial, setTrial] = useState<Trial>({ kind: "none" });
  const asked = useRef(0);

  async function tryOut(ruleId: string, settings: TriedSettings): Promise<void> {
    asked.current += 1;
    const mine = asked.current;
    setTrial({ kind: "asked" });
    const body = { connection, rules: { [ruleId]: settings }, from: spanStart(days, client.nowMs()) };
    const outcome = await client.write({ method: "POST", path: pathOf("v1/rules/preview", { tenant }), body });
    if (mine !== asked.current) return;
    announce(outcome.kind === "done" ? "The preview is ready." : "There is no preview.");
    setTrial(toTrial(outcome));
  }

  function forget(): void {
    asked.current += 1;
    setTrial({ kind: "none" });
  }

  return { trial, tryOut, forget };
}

function toTrial(outcome: Outcome): Trial {
  if (outcome.kind === "failed") return outcome;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- its tests hold the server to its contract; checking again would double the page
  return { kind: "told", preview: outcome.body as PreviewBody };
}
