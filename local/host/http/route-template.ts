/** A route like `v1/history/{id:guid?}`, ready to be compared with paths. */
export interface RouteTemplate {
  readonly pattern: RegExp;
  /** In the order of the groups of `pattern`. */
  readonly parameters: readonly RouteParameter[];
}

interface RouteParameter {
  readonly name: string;
  readonly constraints: readonly Constraint[];
}

type Constraint = (value: string) => boolean;

/** The constraints of ASP.NET Core that need no culture and no nested brackets, by name; arguments are numbers. */
const CONSTRAINTS: Readonly<Record<string, (first: number, second: number) => Constraint>> = {
  int: () => (value) => /^-?\d+$/.test(value) && Math.abs(Number(value)) <= 2 ** 31 - 1,
  long: () => (value) => /^-?\d{1,18}$/.test(value),
  guid: () => (value) => /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(value),
  alpha: () => (value) => /^[a-z]*$/i.test(value),
  bool: () => (value) => /^(?:true|false)$/i.test(value),
  min: (least) => (value) => isWhole(value) && Number(value) >= least,
  max: (most) => (value) => isWhole(value) && Number(value) <= most,
  range: (least, most) => (value) => isWhole(value) && Number(value) >= least && Number(value) <= most,
  minlength: (least) => (value) => value.length >= least,
  maxlength: (most) => (value) => value.length <= most,
  length: (least, most) => (value) => value.length >= least && value.length <= (Number.isNaN(most) ? least : most),
};

function isWhole(value: string): boolean {
  return /^-?\d+$/.test(value);
}

/** `{name}`, `{name?}`, `{*name}`, with any number of `:constraint` or `:constraint(1,2)`. */
const PARAMETER = /^\{(\*?)\*?([a-z_][\w-]*)((?::\w+(?:\([\d,-]*\))?)*)(\??)\}$/i;

/** What the segment of a parameter matches, by what marks it. */
const INNER_PATTERNS: Readonly<Record<string, string>> = { "": "/([^/]+)" };
const LAST_PATTERNS: Readonly<Record<string, string>> = { ...INNER_PATTERNS, "?": "(?:/([^/]+))?", "*": "(?:/(.*))?" };

/**
 * Reads a route template: literal segments in any case, and segments that are one parameter.
 * @throws {RangeError} When the template is malformed, or uses what this host does not know: defaults, other constraints,
 * text and a parameter in one segment.
 * Source: "Routing in ASP.NET Core", learn.microsoft.com/aspnet/core/fundamentals/routing, read 2026-11-22.
 */
export function parseRouteTemplate(template: string): RouteTemplate {
  const segments = template.split("/").filter((segment) => segment !== "");
  const parts = segments.map((segment, index) => parseSegment(segment, index === segments.length - 1));
  const parameters = parts.flatMap(({ parameter }) => parameter ?? []);
  if (new Set(parameters.map(({ name }) => name.toLowerCase())).size < parameters.length) {
    throw new RangeError(`Cannot read the route "${template}": each parameter may stand in it once`);
  }
  return { pattern: new RegExp(`^${parts.map(({ pattern }) => pattern).join("")}/?$`, "i"), parameters };
}

interface RoutePart {
  readonly pattern: string;
  readonly parameter?: RouteParameter;
}

function parseSegment(segment: string, isLast: boolean): RoutePart {
  return /[{}]/.test(segment)
    ? parseParameter(segment, isLast)
    : { pattern: `/${segment.replace(/[^\w%~-]/g, "\\$&")}` };
}

function parseParameter(segment: string, isLast: boolean): RoutePart {
  const [, star, name, constraints, optional] = PARAMETER.exec(segment) ?? [];
  const pattern = (isLast ? LAST_PATTERNS : INNER_PATTERNS)[`${star}${optional}`];
  if (name === undefined || constraints === undefined || pattern === undefined) {
    throw new RangeError(
      `Cannot read the route segment "${segment}": this host knows {a}, and at the end {a?} and {*a}`,
    );
  }
  return { pattern, parameter: { name, constraints: parseConstraints(constraints) } };
}

function parseConstraints(text: string): readonly Constraint[] {
  return [...text.matchAll(/:(\w+)(?:\(([^)]*)\))?/g)].map(([, name = "", args = ""]) => {
    const create = CONSTRAINTS[name.toLowerCase()];
    if (create === undefined) {
      throw new RangeError(
        `Cannot read the route constraint "${name}": this host knows ${Object.keys(CONSTRAINTS).join(", ")}`,
      );
    }
    const [first = Number.NaN, second = Number.NaN] = args === "" ? [] : args.split(",").map(Number);
    return create(first, second);
  });
}

/**
 * Returns the parameters of a path that a route fits, `undefined` when it does not; absent optional ones are left out.
 *
 * `path` begins with a slash and is still percent-encoded; one slash at its end is ignored.
 */
export function matchRoute(route: RouteTemplate, path: string): Readonly<Record<string, string>> | undefined {
  const found = route.pattern.exec(path.split("/").map(decodeSegment).join("/"));
  if (found === null) {
    return undefined;
  }
  const given = route.parameters
    .map((parameter, index) => ({ ...parameter, value: found[index + 1] ?? "" }))
    .filter(({ value }) => value !== "");
  const fits = given.every(({ constraints, value }) => constraints.every((holds) => holds(value)));
  return fits ? Object.fromEntries(given.map(({ name, value }) => [name, value])) : undefined;
}

/** As Kestrel does: all escapes are resolved but that of the slash, and a broken escape stays as it is. */
function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment).replaceAll("/", "%2F");
  } catch {
    return segment;
  }
}
