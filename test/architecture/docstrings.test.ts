import { parseSync } from "oxc-parser";
import { describe, expect, it } from "vitest";
import { readSource, sourceFiles } from "./source-files.ts";

interface Fault {
  readonly name: string;
  readonly fault: "no docstring" | "class that is no error" | "async in the domain";
}

/** Names what the linter has no rule for: exports without a docstring, classes that are no errors, `async` in the domain. */
function faultsOf(path: string, text: string): readonly Fault[] {
  const { program, comments, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`Cannot parse ${path}: ${errors[0]?.message}`);
  const docEnds = comments.filter(({ type, value }) => type === "Block" && value.startsWith("*")).map(({ end }) => end);
  return program.body.flatMap((statement): readonly Fault[] => {
    if (statement.type === "ClassDeclaration") return classFaults(statement);
    if (statement.type !== "ExportNamedDeclaration" || statement.declaration === null) return [];
    const { declaration } = statement;
    const isDocumented = docEnds.some((end) => end < statement.start && text.slice(end, statement.start).trim() === "");
    const name = text.slice(declaration.start, declaration.start + 60).split("\n")[0] ?? "";
    return [
      ...(isDocumented ? [] : [{ name, fault: "no docstring" as const }]),
      ...(declaration.type === "ClassDeclaration" ? classFaults(declaration) : []),
    ];
  });
}

function classFaults(declaration: { readonly id?: { readonly name: string } | null }): readonly Fault[] {
  const name = declaration.id?.name ?? "anonymous";
  return name.endsWith("Error") ? [] : [{ name, fault: "class that is no error" }];
}

const files = sourceFiles("src", "functions", "local", "dashboard");

describe("every export of the shipped code, the page and the runner", () => {
  it("has a docstring, and no class is anything but an error", () => {
    const faults = files.flatMap((path) =>
      faultsOf(path, readSource(path)).map(({ name, fault }) => `${path}: ${fault}: ${name}`),
    );

    expect(faults).toEqual([]);
    expect(files.length).toBeGreaterThan(100);
  });

  it("is not async in the domain", () => {
    const isAsync = files.filter(
      (path) => path.startsWith("src/domain/") && /\basync\b|\bawait\b|Promise</.test(withoutComments(path)),
    );

    expect(isAsync).toEqual([]);
  });
});

describe("faultsOf()", () => {
  const cases = [
    { text: "export function f() {}", faults: ["no docstring"] },
    { text: "/** Does it. */\nexport function f() {}", faults: [] },
    { text: "// Does it.\nexport const a = 1;", faults: ["no docstring"] },
    { text: "class Manager {}", faults: ["class that is no error"] },
    { text: "/** Says so. */\nexport class BadError extends Error {}", faults: [] },
    { text: "/** Of the file. */\nimport 'x';\nexport interface A {}", faults: ["no docstring"] },
  ];

  it.each(cases)("finds $faults in $text", ({ text, faults }) => {
    expect(faultsOf("planted.ts", text).map(({ fault }) => fault)).toEqual(faults);
  });
});

function withoutComments(path: string): string {
  const text = readSource(path);
  const { comments } = parseSync(path, text);
  return comments.toReversed().reduce((rest, { start, end }) => rest.slice(0, start) + rest.slice(end), text);
}
