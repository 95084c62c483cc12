/**
 * Stops the run on a Node older than the one that package.json pins, because every fallback to the system's Node is silent.
 *
 * @throws {Error} When Node is older than 22.15.
 */
export default function assertNode(): void {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major < 22 || (major === 22 && minor < 15)) {
    throw new Error(`Cannot run the tests: Node 22.15 or newer is wanted, current version is ${process.versions.node}`);
  }
}
