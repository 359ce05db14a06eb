// @ts-check
const NEEDED = [20, 19];

/** @param {string} version like '20.19.1' @returns {boolean} */
export function isNodeNewEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [neededMajor = 0, neededMinor = 0] = NEEDED;
  return major > neededMajor || (major === neededMajor && minor >= neededMinor);
}

/** Ends the program with a sentence when this Node is too old. Import nothing newer before it. */
export function checkNode() {
  if (isNodeNewEnough(process.versions.node)) return;
  console.error(`SyncIn needs Node ${NEEDED.join('.')} or newer; this is Node ${process.versions.node}. Get one at https://nodejs.org`);
  process.exit(1);
}
