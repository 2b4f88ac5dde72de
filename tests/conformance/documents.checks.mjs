// The TwiML that is written down in tests/documents, held against the official library and a foreign parser.

import assert from 'node:assert/strict';
import { read } from './markup.mjs';
import { documents, folders } from './written.mjs';

export const checks = [
  ...folders('twiml-').map((folder) => [
    `${folder}: the official library knows every verb, and a foreign parser reads every document`,
    () => {
      const found = documents(folder);
      const verbs = new Set(found.flatMap((document) => read(document).map((element) => element.nodeName)));
      return `${found.length} documents, ${verbs.size} verbs`;
    },
  ]),
  ['twiml: the reading refuses what is broken or unknown', () => {
    for (const broken of ['<Response><Say>', '<Response><Shout/></Response>', '<Gather/>', '<Response>&nbsp;</Response>']) {
      assert.throws(() => read(broken), broken);
    }
  }],
];
