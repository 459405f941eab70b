import { checkServerIdentity, connect, createSecureContext } from 'node:tls';
import type { PeerCertificate, SecureContext, TLSSocket } from 'node:tls';
import type { Job, Request } from '../job.ts';

const contradiction = (expected: string, cert: PeerCertificate): Error | undefined => {
  const uris = (cert.subjectaltname ?? '').split(', ').filter((name) => name.startsWith('URI:'));
  if (uris.length === 1 && uris[0] === `URI:${expected}`) return undefined;
  return Object.assign(new Error(`expected ${expected}, got ${uris.join(', ') || 'no URI'}`), {
    code: 'ERR_TLS_CERT_ALTNAME_INVALID',
  });
};

/** Opens a TLS connection for a request of a job, offering these protocols; the peer is verified as the request says. */
export type DialTls = (request: Request, host: string, protocols: readonly string[]) => TLSSocket;

/** What every sender over TLS shares: versions, certificates and the verification of a job. Contexts are made once, for they are dear. */
export const tlsDialer = (job: Job): DialTls => {
  const contexts = new Map<string, SecureContext>();
  const contextOf = ({ certificate, maximum }: Request): SecureContext => {
    const key = JSON.stringify([certificate, maximum]);
    const known = contexts.get(key);
    if (known !== undefined) return known;
    const own = certificate === null ? {} : job.certificates[certificate]!;
    const made = createSecureContext({
      ca: job.ca,
      ...own,
      ...(maximum !== null && { maxVersion: `TLSv${maximum}` as const }),
    });
    contexts.set(key, made);
    return made;
  };
  return (request, host, protocols) => {
    const { port, servername, verify } = request;
    return connect({
      host,
      port,
      servername,
      secureContext: contextOf(request),
      ALPNProtocols: [...protocols],
      rejectUnauthorized: verify !== null,
      checkServerIdentity: (_servername, cert) =>
        verify?.kind === 'uri' ? contradiction(verify.name, cert) : checkServerIdentity(verify?.name ?? '', cert),
    }).setNoDelay(true);
  };
};
