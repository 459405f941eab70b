import { subjectHeader } from '../identity-headers.ts';

/**
 * How an edge asks the authorizer (`fixtures/images/opa`), which listens on the loopback of the edge's own network namespace:
 * any method and path, with the method and the raw target of the request in these two headers, which the edge itself sets and
 * lets no client send, and the client's Authorization. 200 lets the request pass, and names the subject; 401 and 403 refuse it, as
 * every other answer and every silence does.
 */
export const authorizer = {
  address: '127.0.0.1',
  port: 9181,
  /** In the question. */
  methodHeader: 'X-Forwarded-Method',
  targetHeader: 'X-Forwarded-Uri',
  /** In the answer: the verified subject (with a 200 alone), and why it was decided so. */
  subjectHeader,
  reasonHeader: 'x-holdfast-reason',
} as const;
