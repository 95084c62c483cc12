import type { Scenario, SimulatedTenant } from "../scenarios/scenario.schema.ts";
import { stateAt } from "../scenarios/state-at.ts";
import type { Answer, Trace } from "./answer.ts";
import { applyFault, type FaultContext } from "./apply-fault.ts";
import type { FaultPlace, PagingMode } from "./fault.schema.ts";
import type { FaultBoard } from "./fault-board.ts";
import { forbidden, invalidToken, unknownSegment, unlicensed } from "./graph-errors.ts";
import { readScopes, writeScopes } from "./permissions.ts";
import { readResource } from "./read-resource.ts";
import { type Behaviour, type Resource, resourceAt } from "./resources.ts";
import { answerSendMail, isSendMail, SEND_SCOPES, type SentMail } from "./send-mail.ts";
import { wireRows } from "./to-wire.ts";
import type { TokenVerdict } from "./tokens.ts";

/** What the simulated Graph answers from; `zeroMs` is the epoch ms of the scenario's zero. */
export interface World {
  readonly scenario: Scenario;
  readonly zeroMs: number;
  readonly faults: FaultBoard;
  readonly behaviour: Behaviour;
  readonly deliver: (mail: SentMail) => void;
}

/** One request whose token has been read. */
export interface GraphRequest {
  readonly method: string;
  readonly url: URL;
  readonly token: TokenVerdict;
  readonly body: string;
  readonly trace: Trace;
}

/**
 * Answers one request as Graph would.
 *
 * 1. A bad token, or one of a tenant that is not in the scenario, is refused with 401.
 * 2. Mail is taken.
 * 3. Another method than GET is refused with 403; `terminate` succeeds with a read role: the trap that a guard must avoid.
 * 4. A path that this version does not know is answered with 400.
 * 5. Licence, permission, query options and rows decide.
 *
 * A fault of mail or of the source, by hand or by the scenario, comes before 2 and 5.
 */
export function answerRequest(request: GraphRequest, world: World): Answer {
  const { token, trace, url } = request;
  if (token.kind === "invalid") {
    return invalidToken(trace, token.message);
  }
  const tenant = world.scenario.tenants.find(({ id }) => id === token.tenantId);
  if (tenant === undefined) {
    return invalidToken(trace, "Access token validation failure. Unknown tenant.");
  }

  const unlessFaulty = (place: FaultPlace, context: FaultContext): Answer => {
    const fault = world.faults.take(tenant, place, trace.nowMs - world.zeroMs);
    return fault === undefined ? context.read() : applyFault(fault, context);
  };

  const path = `${url.pathname}${url.search}`;
  if (isSendMail(request.method, path)) {
    const read = (): Answer => answerSendMail({ path, body: request.body, trace }, token.roles, world.deliver);
    return unlessFaulty("sendMail", { trace, segment: "sendMail", scopes: SEND_SCOPES, read });
  }
  if (request.method !== "GET") {
    return answerWrite(request, token.roles);
  }

  const resource = resourceAt(url.pathname, world.behaviour);
  if (resource === undefined) {
    return unknownSegment(trace, url.pathname.split("/").at(-1) ?? "");
  }

  const scopes = readScopes(resource, world.behaviour.connectorStatusRule);
  const isPermitted = token.roles.some((role) => scopes.includes(role));
  const read = (paging?: PagingMode): Answer => {
    if (!tenant.licensed) {
      return unlicensed(trace);
    }
    return isPermitted
      ? readRows({ request, resource, tenant, world }, paging)
      : forbidden(trace, resource.segment, token.roles.length === 0 ? [] : scopes);
  };
  return unlessFaulty(resource.source, { trace, segment: resource.segment, scopes, read });
}

interface PermittedRead {
  readonly request: GraphRequest;
  readonly resource: Resource;
  readonly tenant: SimulatedTenant;
  readonly world: World;
}

function readRows({ request, resource, tenant, world }: PermittedRead, paging: PagingMode | undefined): Answer {
  const { url, trace } = request;
  const { scenario, zeroMs, behaviour } = world;
  const state = stateAt(scenario, tenant.id, trace.nowMs - zeroMs);
  const rows = wireRows(state, resource.source, { version: resource.version, zeroMs });
  return readResource({ resource, url, tenantId: tenant.id, rows, behaviour, trace }, paging);
}

function answerWrite({ url, trace }: GraphRequest, roles: readonly string[]): Answer {
  const scopes = writeScopes(url.pathname);
  return roles.some((role) => scopes.includes(role))
    ? { kind: "reply", status: 204, body: "", headers: {} }
    : forbidden(trace, url.pathname.split("/").at(-1) ?? "", scopes);
}
