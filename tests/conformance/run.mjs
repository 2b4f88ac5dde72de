// Runs every check in this folder: `node tests/conformance/run.mjs [PART-OF-A-NAME]`.
// A check file *.checks.mjs exports `checks`: pairs of a sentence and an async function. It may export `notRun`: why
// none of its checks can be run here; that is printed and counts neither as passed nor as failed.
// The last line reads "N passed, N failed".

import { readdir } from 'node:fs/promises';
import { closeAll } from './house.mjs';

const here = new URL('.', import.meta.url);
const wanted = process.argv[2] ?? '';
const files = (await readdir(here)).filter((name) => name.endsWith('.checks.mjs')).sort();

let passed = 0;
let failed = 0;
for (const file of files) {
  const { checks, notRun } = await import(new URL(file, here));
  if (notRun) {
    console.log(`${file}: not run: ${notRun}`);
    continue;
  }
  for (const [sentence, hold] of checks) {
    if (!`${file} ${sentence}`.includes(wanted)) continue;
    const started = Date.now();
    try {
      const told = await hold();
      passed += 1;
      console.log(`ok      ${sentence}${told ? `: ${told}` : ''} (${Date.now() - started} ms)`);
    } catch (fault) {
      failed += 1;
      console.log(`FAILED  ${sentence}\n${fault.stack ?? fault}`);
    }
  }
  await closeAll();
}
if (passed + failed === 0) {
  console.log(`no check matches ${JSON.stringify(wanted)}`);
  failed = 1;
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
