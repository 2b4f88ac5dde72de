// The documents that are written down in tests/documents.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './house.mjs';

const written = join(root, 'tests/documents');

/** Folders of that dialect; at least one. */
export function folders(dialect) {
  const found = readdirSync(written).filter((name) => name.startsWith(dialect));
  assert.ok(found.length > 0, `no folder tests/documents/${dialect}*`);
  return found;
}

/** Every document of the folders that begin so: blocks between empty lines, without the headings. */
export function documents(dialect) {
  return folders(dialect).flatMap((folder) => {
    const files = readdirSync(join(written, folder)).filter((name) => name.endsWith('.txt'));
    const blocks = files.flatMap((name) => readFileSync(join(written, folder, name), 'utf8').split(/\n\n+/));
    const found = blocks.map((block) => block.trim()).filter((block) => block && !block.startsWith('#'));
    assert.ok(found.length > 0, `no documents in tests/documents/${folder}`);
    return found;
  });
}
