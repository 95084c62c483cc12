import { globSync, readFileSync } from "node:fs";
import Module, { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { messageOf } from "../logs.ts";
import { completeStart, createCoreApi, createWorkerCore, invokeFunction, runTerminateHooks } from "./core.ts";
import type { FromWorker, ToWorker } from "./messages.ts";

/*
 * The worker process: `node main.ts <app root>`, started by launch-worker.ts.
 * It loads the app's entry files as the real worker does, provides `@azure/functions-core` and answers over IPC.
 */

const appRoot = process.argv[2] ?? "";
const core = createWorkerCore((entry) => tell({ kind: "log", entry }));

function tell(message: FromWorker, whenSent?: () => void): void {
  process.send?.(message, undefined, undefined, whenSent);
}

/** The library's `require` is CommonJS even where the app is not; the real worker replaces the same method. */
function provideCore(): void {
  const api = createCoreApi(core);
  // oxlint-disable-next-line typescript/unbound-method -- Reflect.apply hands `this` on
  Module.prototype.require = new Proxy(Module.prototype.require, {
    apply: (original, self, args) => (args[0] === "@azure/functions-core" ? api : Reflect.apply(original, self, args)),
  });
}

/** Loads all files that `main` of package.json matches. Source: azure-functions-nodejs-worker, src/startApp.ts. */
async function loadApp(): Promise<void> {
  const { main, type }: { main?: string; type?: string } = JSON.parse(
    readFileSync(path.join(appRoot, "package.json"), "utf8"),
  );
  const files = main === undefined ? [] : globSync(main, { cwd: appRoot }).sort();
  if (files.length === 0) {
    throw new Error(`Cannot load the app: main of its package.json must match built files, current value is ${main}`);
  }
  for (const file of files) {
    await loadEntry(path.join(appRoot, file), type === "module").catch((cause: unknown) => {
      throw new Error(`Cannot load the entry file ${file}: ${messageOf(cause)}`, { cause });
    });
  }
}

async function loadEntry(file: string, isModulePackage: boolean): Promise<void> {
  if (file.endsWith(".mjs") || (isModulePackage && !file.endsWith(".cjs"))) {
    await import(pathToFileURL(file).href);
  } else {
    createRequire(file)(file);
  }
}

async function answer(message: ToWorker): Promise<void> {
  if (message.kind === "terminate") {
    await runTerminateHooks(core);
    tell({ kind: "terminated" }, () => process.exit(0)); // its callback comes when all lines before it are out
    return;
  }
  const response = await invokeFunction(core, message.name, message.request);
  tell({ kind: "answer", callId: message.callId, response });
}

async function start(): Promise<void> {
  provideCore();
  await loadApp();
  const functions = await completeStart(core, appRoot);
  process.on("message", (message: ToWorker) => void answer(message));
  tell({ kind: "ready", functions });
}

process.on("SIGINT", () => undefined); // Ctrl-C reaches the whole group, but ending is the host's to decide
process.on("disconnect", () => process.exit(0)); // the host is gone
start().catch((error: unknown) => tell({ kind: "unusable", message: messageOf(error) }, () => process.exit(1)));
