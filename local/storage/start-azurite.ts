import { statSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { lockFolder } from "./lock-folder.ts";

/** An emulator of table, queue and blob storage that runs inside this process. */
export interface Azurite {
  /** Names all three services; plain HTTP on 127.0.0.1, so table clients need `allowInsecureConnection`. */
  readonly connectionString: string;
  /** Closes the services and resolves once everything written is on disk. */
  stop(): Promise<void>;
}

/** Where the emulator keeps its data. */
export interface AzuriteOptions {
  /** Folder of the data, made when missing. @default memory only */
  readonly dataFolder?: string;
}

interface LokiStore {
  readonly db: { saveDatabase(done: (error?: unknown) => void): void; autosaveDisable(): void };
}

interface Server {
  readonly metadataStore: LokiStore;
  readonly extentMetadataStore?: LokiStore;
  start(): Promise<void>;
  close(): Promise<void>;
  getHttpServerAddress(): string;
}

interface AzuriteModules {
  readonly "blob/utils/constants": {
    readonly EMULATOR_ACCOUNT_NAME: string;
    readonly EMULATOR_ACCOUNT_KEY_STR: string;
  };
  readonly "common/persistence/MemoryExtentStore": { readonly MemoryExtentChunkStore: new () => object };
  readonly [server: `${string}Server`]: { readonly default: new (configuration: object) => Server };
  readonly [configuration: `${string}Configuration`]: { readonly default: new () => object };
}

const SERVICES = ["table", "queue", "blob"] as const;
type Service = (typeof SERVICES)[number];

const requireHere = createRequire(import.meta.url);

/** Azurite has no interface for use in a process: its version is pinned, and the contract test notices a change of its files. */
function load<M extends keyof AzuriteModules>(module: M): AzuriteModules[M] {
  return requireHere(`azurite/dist/src/${module}`);
}

/**
 * Starts an Azurite on free loopback ports.
 * @throws {Error} When the data folder is in use by another process, cannot be written, or its content is damaged.
 */
export async function startAzurite(options: AzuriteOptions = {}): Promise<Azurite> {
  const { dataFolder } = options;
  const unlock = dataFolder === undefined ? undefined : lockFolder(dataFolder);
  const servers: Server[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(servers.map((server) => server.close()));
    await Promise.all(servers.flatMap(storesOf).map(saveStore));
    unlock?.();
  };
  try {
    for (const service of SERVICES) {
      servers.push(await startService(service, dataFolder));
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return { connectionString: connectionStringOf(servers), stop };
}

async function startService(service: Service, dataFolder: string | undefined): Promise<Server> {
  const prefix = `${service}/${service.charAt(0).toUpperCase()}${service.slice(1)}` as const;
  const { default: Server } = load(`${prefix}Server`);
  const { default: Configuration } = load(`${prefix}Configuration`);
  const server = new Server(Object.assign(new Configuration(), configurationOf(service, dataFolder)));
  try {
    await server.start();
  } catch (cause) {
    for (const store of storesOf(server)) {
      store.db.autosaveDisable(); // its timer would keep this process alive
    }
    const place = dataFolder ?? "memory";
    const detail = (cause instanceof Error ? cause.message : String(cause)).replaceAll(/\s+/g, " ");
    const help = "if it is damaged, npm start -- --fresh begins anew";
    throw new Error(`Cannot open the local ${service} storage in ${place}: ${help} (${detail})`, { cause });
  }
  return server;
}

function configurationOf(service: Service, dataFolder: string | undefined): object {
  const common = { host: "127.0.0.1", port: 0, enableAccessLog: false, skipApiVersionCheck: true };
  if (dataFolder === undefined) {
    const { MemoryExtentChunkStore } = load("common/persistence/MemoryExtentStore");
    return { ...common, isMemoryPersistence: true, memoryStore: new MemoryExtentChunkStore() };
  }
  const metadataDBPath = databaseFile(dataFolder, service);
  const extentDBPath = databaseFile(dataFolder, `${service}-extents`);
  for (const file of [metadataDBPath, extentDBPath]) {
    refuseEmpty(file);
  }
  const locationPath = path.join(dataFolder, `${service}-data`);
  const persistencePathArray = [{ locationId: "Default", locationPath, maxConcurrency: 1 }];
  return { ...common, metadataDBPath, extentDBPath, persistencePathArray };
}

function databaseFile(dataFolder: string, name: string): string {
  return path.join(dataFolder, `${name}.json`);
}

/** Azurite takes an empty file, which a full disk leaves behind, for a new store and would forget all rows. */
function refuseEmpty(file: string): void {
  if (statSync(file, { throwIfNoEntry: false })?.size === 0) {
    throw new Error(`Cannot open the local storage: ${file} is damaged (empty); npm start -- --fresh begins anew`);
  }
}

function storesOf(server: Server): readonly LokiStore[] {
  return server.extentMetadataStore ? [server.metadataStore, server.extentMetadataStore] : [server.metadataStore];
}

/** Closing alone does not wait for an automatic save under way. */
function saveStore(store: LokiStore): Promise<void> {
  return new Promise((resolve, reject) => {
    store.db.saveDatabase((error) => (error ? reject(error) : resolve()));
  });
}

function connectionStringOf(servers: readonly Server[]): string {
  const { EMULATOR_ACCOUNT_NAME: name, EMULATOR_ACCOUNT_KEY_STR: key } = load("blob/utils/constants");
  const [table, queue, blob] = servers.map((server) => `${server.getHttpServerAddress()}/${name}`);
  return (
    `DefaultEndpointsProtocol=http;AccountName=${name};AccountKey=${key};` +
    `TableEndpoint=${table};QueueEndpoint=${queue};BlobEndpoint=${blob};`
  );
}
