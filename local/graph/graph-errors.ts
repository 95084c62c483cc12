import { type Answer, type HeaderSet, jsonReply, type Trace } from "./answer.ts";

const NO_ROLES =
  "Application is not authorized to perform this operation as called in app only context but does not have application permissions configured.";

/** Returns Graph's error answer: code, message and the ids of the request. */
export function graphError(
  trace: Trace,
  error: { readonly status: number; readonly code: string; readonly message: string },
  headers: HeaderSet = {},
): Answer {
  const innerError = {
    // Seconds without a zone, as live. Source: reference/graph.md section 3.4.
    date: new Date(trace.nowMs).toISOString().slice(0, 19),
    "request-id": trace.requestId,
    "client-request-id": trace.clientRequestId,
  };
  return jsonReply(error.status, { error: { code: error.code, message: error.message, innerError } }, headers);
}

/** Returns the 401 of a missing, malformed, expired or foreign token. */
export function invalidToken(trace: Trace, message: string): Answer {
  return graphError(
    trace,
    { status: 401, code: "InvalidAuthenticationToken", message },
    { "www-authenticate": 'Bearer realm="", authorization_uri="https://login.example.com/common/oauth2/authorize"' },
  );
}

/** Returns the 400 of a segment that this version does not know. */
export function unknownSegment(trace: Trace, segment: string): Answer {
  return badRequest(trace, `Resource not found for the segment '${segment}'.`);
}

/** Returns the 400 of a `$select` that names a property which the type does not have in this version. */
export function unknownProperty(trace: Trace, property: string, type: string): Answer {
  return badRequest(
    trace,
    `Parsing OData Select and Expand failed: Could not find a property named '${property}' on type 'microsoft.graph.${type}'.`,
  );
}

/** Returns the 400 of a tenant without Intune. */
export function unlicensed(trace: Trace): Answer {
  return badRequest(trace, "Request not applicable to target tenant.");
}

/** Returns the 403 of a mailbox: the role is missing, or does not cover it. */
export function accessDenied(trace: Trace): Answer {
  const message = "Access is denied. Check credentials and try again.";
  return graphError(trace, { status: 403, code: "ErrorAccessDenied", message });
}

/** Returns the 400 of a body that is not what the path takes. */
export function unreadableBody(trace: Trace): Answer {
  return badRequest(trace, "Unable to read the body of the request.");
}

/** Returns the 403 of a missing permission: naming the wanted scopes, or that the token has no role at all. */
export function forbidden(trace: Trace, segment: string, scopes: readonly string[]): Answer {
  const text =
    scopes.length === 0
      ? NO_ROLES
      : `Application is not authorized to perform this operation. Application must have one of the following scopes: ${scopes.join(", ")}`;
  return graphError(trace, { status: 403, code: "Forbidden", message: intuneMessage(trace, segment, text) });
}

/** Returns the 401 of the older backend: a missing permission, nested twice. */
export function nestedForbidden(trace: Trace, segment: string): Answer {
  const message = JSON.stringify({
    ErrorCode: "Forbidden",
    Message: intuneMessage(trace, segment, "An error has occurred"),
  });
  return graphError(trace, { status: 401, code: "UnknownError", message });
}

/** Returns the 429 of the Intune backend (JSON in a string) or of the gateway. */
export function throttled(
  trace: Trace,
  by: { readonly body: "intune" | "gateway"; readonly segment: string },
  headers: HeaderSet,
): Answer {
  const message =
    by.body === "intune" ? intuneMessage(trace, by.segment, "An error has occurred") : "Too many requests.";
  return graphError(trace, { status: 429, code: "TooManyRequests", message }, headers);
}

function badRequest(trace: Trace, message: string): Answer {
  return graphError(trace, { status: 400, code: "BadRequest", message });
}

/** Intune's message: itself JSON with CRLF, leaking a scale unit and account. Source: reference/graph.md section 9.2. */
function intuneMessage(trace: Trace, segment: string, text: string): string {
  const message = {
    _version: 3,
    Message:
      `${text} - Operation ID (for customer support): 00000000-0000-0000-0000-000000000000` +
      ` - Activity ID: ${trace.clientRequestId} - Url: https://fef.sim01.manage.example.com/SimulatedFEService/` +
      `00000000-0000-4000-8000-000000000700/deviceManagement/${segment}?api-version=0000-00-00`,
    CustomApiErrorPhrase: "",
    RetryAfter: null,
    ErrorSourceService: "",
    HttpHeaders: "{}",
  };
  return JSON.stringify(message, undefined, 2).replaceAll("\n", "\r\n");
}
