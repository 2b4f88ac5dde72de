// Reads TwiML with an XML parser of its own and holds every verb against the builder of the official library.

import { DOMParser } from '@xmldom/xmldom';
import twilio from 'twilio';

const builder = new twilio.twiml.VoiceResponse();
// Nouns have no method on the response; the builders of their verbs know them.
const inside = { Gather: builder.gather(), Dial: builder.dial(), Enqueue: builder.enqueue({}), Start: builder.start() };

const method = (name) => name[0].toLowerCase() + name.slice(1);

/** The elements of a document; fails where it is not XML or says what the library does not know. */
export function read(document) {
  const complaints = [];
  const parser = new DOMParser({ onError: (level, text) => complaints.push(`${level}: ${text}`) });
  const response = parser.parseFromString(document, 'text/xml').documentElement;
  if (complaints.length) throw new Error(`${complaints.join('\n')}\n${document}`);
  if (response?.nodeName !== 'Response') throw new Error(`no <Response>:\n${document}`);
  const found = [];
  const walk = (parent, known) => {
    for (const element of Array.from(parent.childNodes).filter((node) => node.nodeType === 1)) {
      if (typeof known?.[method(element.nodeName)] !== 'function') {
        throw new Error(`<${element.nodeName}> is unknown in <${parent.nodeName}>:\n${document}`);
      }
      found.push(element);
      walk(element, inside[element.nodeName]);
    }
  };
  walk(response, builder);
  return found;
}

/** The address of the first action of a document. */
export function action(document) {
  const found = read(document).map((element) => element.getAttribute('action')).find(Boolean);
  if (!found) throw new Error(`no action:\n${document}`);
  return found;
}
