import { isRecord, parseJson } from "./parse-json.ts";

/** What an error body says, as far as it may be branched on. */
export interface GraphError {
  /** `error.code`; undefined when the body is no Graph error at all, such as the HTML page of a gateway. */
  readonly code: string | undefined;
  /** The code of the Intune backend inside the message. */
  readonly innerCode: string | undefined;
  /** The innermost message up to its first label; ids, hosts and addresses stand behind the labels. */
  readonly message: string;
}

const LABEL = / - (?:Operation ID|Activity ID|Url)\b/;
const DEEPEST_NESTING = 3;

/** Reads the body of an error answer, whose message may itself be JSON in a string, and that once more. */
export function parseGraphError(body: unknown): GraphError {
  const error = isRecord(body) && isRecord(body["error"]) ? body["error"] : {};
  let message = textOf(error["message"]);
  let innerCode: string | undefined;
  for (let depth = 0; depth < DEEPEST_NESTING; depth += 1) {
    const inner = parseJson(message ?? "");
    if (!isRecord(inner)) break;
    innerCode ??= textOf(inner["ErrorCode"]);
    message = textOf(inner["Message"]);
  }
  return { code: textOf(error["code"]), innerCode, message: message?.split(LABEL)[0] ?? "" };
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
