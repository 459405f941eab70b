import { authorizer } from '../opa/index.ts';
import { removedByPattern } from './strip.ts';

/** Names of headers as Go writes them. */
const canonical = (name: string): string => name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());

/**
 * The question to the authorizer, for every request: it gets the token, and method and target as X-Forwarded-* that Traefik writes
 * itself, and nothing else that the client sent. What it answers but 2xx goes to the client, and the request nowhere; no answer
 * is a refusal too. From a 2xx answer the verified subject is taken over; its reason becomes the log's ClientUsername, the one
 * field that an authorizer can fill.
 */
export const authorize: object = {
  forwardAuth: {
    address: `http://${authorizer.address}:${authorizer.port}/`,
    trustForwardHeader: false,
    authRequestHeaders: ['Authorization', 'X-Holdfast-Id'],
    authResponseHeaders: [canonical(authorizer.subjectHeader)],
    authResponseHeadersRegex: removedByPattern,
    headerField: canonical(authorizer.reasonHeader),
  },
};
