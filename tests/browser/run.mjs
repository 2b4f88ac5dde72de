// Runs every story in this folder against one house: `node tests/browser/run.mjs [PART-OF-A-NAME]`.
// A story is a file *.story.mjs that exports `stories`: pairs of a sentence and an async function.
// The last line reads "N passed, N failed".

import { readdir } from 'node:fs/promises';
import { openHouse } from './house.mjs';

const here = new URL('.', import.meta.url);
const wanted = process.argv[2] ?? '';
const files = (await readdir(here)).filter((name) => name.endsWith('.story.mjs')).sort();

let passed = 0;
let failed = 0;
const house = await openHouse();
try {
  for (const file of files) {
    const { stories } = await import(new URL(file, here));
    for (const [sentence, tell] of stories) {
      if (!`${file} ${sentence}`.includes(wanted)) continue;
      const started = Date.now();
      try {
        await tell(house);
        house.assertClean();
        passed += 1;
        console.log(`ok      ${sentence} (${Date.now() - started} ms)`);
      } catch (fault) {
        failed += 1;
        console.log(`FAILED  ${sentence}\n${fault.stack ?? fault}`);
        await house.photograph(`failed-${failed}`);
      } finally {
        await house.closePeople();
      }
    }
  }
} finally {
  await house.close();
}
if (passed + failed === 0) {
  console.log(`no story matches ${JSON.stringify(wanted)}`);
  failed = 1;
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
